using System.Globalization;

namespace Report12350.Tests.Crash;

/// <summary>How often to kill, and by which chance.</summary>
internal static class Drill
{
    public static int Kills => Setting("REPORT12350_KILLS") ?? 10;

    /// <summary>The seed is written into the test's output.</summary>
    public static Random Chance(ITestOutputHelper output)
    {
        var seed = Setting("REPORT12350_KILL_SEED") ?? Random.Shared.Next();
        output.WriteLine($"REPORT12350_KILL_SEED={seed}");
        return new Random(seed);
    }

    public static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
