using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff;

/// <summary>Departments and key groups in words (部门和密钥组名称).</summary>
public sealed class PeopleWords(Texts texts, JurisdictionProfile profile)
{
    public string Department(string? id) =>
        profile.FindDepartment(id) is { } known ? texts.IsChinese ? known.ShortName : known.NameEn : id ?? "";

    public string Group(string id) => id.StartsWith("dept:", StringComparison.Ordinal)
        ? texts["staff.group.department", Department(id["dept:".Length..])]
        : texts[$"staff.group.{id["role:".Length..]}"];
}
