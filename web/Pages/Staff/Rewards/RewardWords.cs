using Report12350.Domain.Rewards;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>The county's names in the reader's language, and how a reward's state is marked (奖励用语).</summary>
public sealed class RewardWords(JurisdictionProfile profile, Texts texts)
{
    public string Town(string id) => profile.FindTown(id) is { } town ? texts.IsChinese ? town.Name : town.NameEn : id;

    public string Sector(string id) => profile.FindSector(id) is { } sector ? texts.IsChinese ? sector.Name : sector.NameEn : id;

    public string Department(string? id) =>
        profile.FindDepartment(id ?? "") is { } department ? texts.IsChinese ? department.Name : department.NameEn : id ?? "";

    /// <summary>An expression that breaks before its sign only, never inside a number.</summary>
    public static string Unbroken(string expression) =>
        expression.Replace(' ', '\u00A0').Replace("\u00A0×", " ×", StringComparison.Ordinal);

    public static string Mark(RewardState state) => state switch
    {
        RewardState.Paid => "tag done",
        RewardState.Suspended => "tag soon",
        RewardState.Ineligible or RewardState.Rejected or RewardState.Forfeited or RewardState.NotWanted => "tag quiet",
        _ => "tag",
    };
}
