namespace Report12350.Confidentiality;

/// <summary>Names of the key groups.</summary>
public static class Groups
{
    public const string Dispatchers = "role:dispatcher";
    public const string Supervisors = "role:supervisor";
    public const string RewardOfficers = "role:reward";
    public const string Committee = "role:committee";
    public const string Cashiers = "role:cashier";
    public const string Custodians = "role:custodian";

    /// <summary>Whose private half leaves on paper.</summary>
    internal const string Recovery = "recovery";

    public static readonly IReadOnlyList<string> OfRoles = [Dispatchers, Supervisors, RewardOfficers, Committee, Cashiers, Custodians];

    public static string OfDepartment(string department) => $"dept:{department}";
}
