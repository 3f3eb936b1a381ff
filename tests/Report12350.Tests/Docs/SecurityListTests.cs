using System.Reflection;
using System.Text.RegularExpressions;
using Report12350.Tests.Architecture;

namespace Report12350.Tests.Docs;

/// <summary>docs/security.md has every requirement of the chapters it covers once, and names no test that does not exist.</summary>
public sealed partial class SecurityListTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "security.md"));

    /// <summary>ASVS 5.0.0, levels 1 and 2: section, and how many of its requirements these are, from the first on.</summary>
    private static readonly Dictionary<string, int> Asked = new(StringComparer.Ordinal)
    {
        ["1.1"] = 2, ["1.2"] = 9, ["1.3"] = 11, ["1.4"] = 3, ["1.5"] = 2,
        ["2.1"] = 3, ["2.2"] = 3, ["2.3"] = 4, ["2.4"] = 1,
        ["5.1"] = 1, ["5.2"] = 3, ["5.3"] = 2, ["5.4"] = 3,
        ["6.1"] = 3, ["6.2"] = 12, ["6.3"] = 4, ["6.4"] = 4, ["6.5"] = 5, ["6.6"] = 3, ["6.8"] = 4,
        ["7.1"] = 3, ["7.2"] = 4, ["7.3"] = 2, ["7.4"] = 5, ["7.5"] = 2, ["7.6"] = 2,
        ["8.1"] = 2, ["8.2"] = 3, ["8.3"] = 1, ["8.4"] = 1,
        ["11.1"] = 2, ["11.2"] = 3, ["11.3"] = 3, ["11.4"] = 4, ["11.5"] = 1, ["11.6"] = 1,
    };

    [Fact]
    public void Every_requirement_has_its_row_once() => Ids(Page).ShouldBe(Expected(), ignoreOrder: true);

    [Fact]
    public void One_that_is_left_out_is_noticed() => Ids(Page.Replace("| 7.2.3 |", "| 7.2.2 |", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SequenceEqual(Expected().Order(StringComparer.Ordinal)).ShouldBeFalse();

    [Fact]
    public void Every_test_that_is_named_exists() => Unknown(Page).ShouldBeEmpty();

    [Fact]
    public void A_test_that_does_not_exist_is_noticed() => Unknown("| 1.1.1 | x | `PasskeyTests` `GuessedTests` |").ShouldBe(["GuessedTests"]);

    [Fact]
    public void Every_row_says_how_it_stands() =>
        Rows(Page).ShouldAllBe(row => row.Split('|', StringSplitOptions.TrimEntries)[3].Split(':')[0] == "not applicable" || row.Contains("Tests`", StringComparison.Ordinal)
            || row.Contains("| not yet:", StringComparison.Ordinal) || row.Contains("| by design:", StringComparison.Ordinal));

    private static List<string> Expected() =>
        [.. from section in Asked from number in Enumerable.Range(1, section.Value) select $"{section.Key}.{number}"];

    private static IEnumerable<string> Rows(string page) => page.Split('\n').Where(line => Id().IsMatch(line));

    private static List<string> Ids(string page) => [.. Rows(page).Select(line => Id().Match(line).Groups["id"].Value)];

    /// <summary>Those of the browser are in a project of their own; its files are named for their classes.</summary>
    private static List<string> Unknown(string page)
    {
        var here = Assembly.GetExecutingAssembly().GetTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var browser = Path.Combine(SourceFile.Root, "tests", "Report12350.BrowserTests");
        return [.. Named().Matches(page).Select(match => match.Groups["name"].Value).Where(name => !here.Contains(name) && !File.Exists(Path.Combine(browser, name + ".cs"))).Distinct()];
    }

    [GeneratedRegex(@"^\| (?<id>\d+\.\d+\.\d+) \|")]
    private static partial Regex Id();

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+Tests)`")]
    private static partial Regex Named();
}
