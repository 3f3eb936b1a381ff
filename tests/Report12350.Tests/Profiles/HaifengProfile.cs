using Report12350.Profiles;

namespace Report12350.Tests.Profiles;

/// <summary>The shipped county profile, read once for all tests.</summary>
internal static class HaifengProfile
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "profiles", "haifeng");

    public static JurisdictionProfile Loaded { get; } = ProfileLoader.Load(Folder);
}
