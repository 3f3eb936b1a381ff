using System.Reflection;
using System.Text.RegularExpressions;
using Report12350.Domain.Reports;
using Report12350.Profiles;
using Report12350.Tests.Architecture;

namespace Report12350.Tests.Docs;

/// <summary>The glossary names types that exist, and knows every enum of the domain with every value.</summary>
public sealed partial class GlossaryTests
{
    private static readonly Type[] Known =
        [.. new[] { typeof(Report).Assembly, typeof(JurisdictionProfile).Assembly, Assembly.Load("Report12350.Web"), Assembly.Load("Report12350.Bot") }.SelectMany(a => a.GetTypes())];

    private static readonly string Page = File.ReadAllText(Path.Combine(SourceFile.Root, "docs", "glossary.md"));

    [Fact]
    public void Every_type_the_glossary_names_exists() => Unknown(Page).ShouldBeEmpty();

    [Fact]
    public void A_type_that_does_not_exist_is_noticed() =>
        Unknown("| 举报 | report | `Report` `Dossier350` `Finding.Guessed` |").ShouldBe(["Dossier350", "Finding.Guessed"]);

    [Fact]
    public void The_glossary_knows_every_enum_of_the_domain_and_every_value() => Missing(Page).ShouldBeEmpty();

    [Fact]
    public void An_enum_that_is_left_out_is_noticed() =>
        Missing(Page.Replace("`Finding.Inconclusive`", "", StringComparison.Ordinal).Replace("`Ballot`", "", StringComparison.Ordinal))
            .ShouldBe(["Finding.Inconclusive", "Ballot"], ignoreOrder: true);

    [Fact]
    public void Every_row_has_three_cells() =>
        Page.Split('\n').Where(line => line.StartsWith('|')).ShouldAllBe(line => line.Count(c => c == '|') == 4);

    private static List<string> Unknown(string page) =>
        [.. Names(page).Where(name => !Exists(name.Split('.'))).Distinct()];

    private static bool Exists(string[] name) =>
        Known.Any(type => type.Name == name[0] && (name.Length == 1 || type.GetMember(name[1]).Length > 0));

    private static List<string> Missing(string page)
    {
        var named = Names(page).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. typeof(Report).Assembly.GetExportedTypes().Where(type => type.IsEnum)
                .SelectMany(type => Enum.GetNames(type).Select(value => $"{type.Name}.{value}").Prepend(type.Name))
                .Where(name => !named.Contains(name)),
        ];
    }

    /// <summary>What stands in backticks in the tables' last column.</summary>
    private static IEnumerable<string> Names(string page) =>
        page.Split('\n').Where(line => line.StartsWith('|'))
            .SelectMany(line => Backticked().Matches(line.Split('|')[^2])).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([A-Za-z0-9.]+)`")]
    private static partial Regex Backticked();
}
