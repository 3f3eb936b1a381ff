using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff;

/// <summary>Names of the profile's departments, towns and sectors (单位、镇、行业名称) in the language of the page; an id the profile no longer knows shows itself.</summary>
public static class CountyWords
{
    public static string DepartmentName(this JurisdictionProfile profile, string? id, Texts texts) =>
        profile.FindDepartment(id) is { } department ? texts.IsChinese ? department.ShortName : department.NameEn : id ?? "";

    public static string TownName(this JurisdictionProfile profile, string? id, Texts texts) =>
        profile.FindTown(id) is { } town ? texts.IsChinese ? town.Name : town.NameEn : id ?? "";

    public static string SectorName(this JurisdictionProfile profile, string? id, Texts texts) =>
        profile.FindSector(id) is { } sector ? texts.IsChinese ? sector.Name : sector.NameEn : id ?? "";

    /// <summary>Several words in a row, as each language separates them.</summary>
    public static string Listed(this Texts texts, IEnumerable<string> words) => string.Join(texts.IsChinese ? texts["casework.comma"] : texts["casework.comma"] + " ", words);
}
