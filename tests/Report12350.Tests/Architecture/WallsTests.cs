using System.Reflection;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Tests.Architecture;

/// <summary>The walls of the architecture, each with a twin that shows it can fail.</summary>
public sealed class WallsTests
{
    public static TheoryData<string> Names() => [.. Wall.All.Select(wall => wall.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_house_keeps_its_walls(string name) => Named(name).Violations(SourceFile.All).ShouldBeEmpty();

    [Theory, MemberData(nameof(Names))]
    public void A_breach_is_noticed(string name)
    {
        var wall = Named(name);

        wall.Violations([wall.Breach]).ShouldHaveSingleItem().ShouldStartWith($"{wall.Breach.Path}:1: ");
        wall.Violations([.. SourceFile.All, wall.Breach]).ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_in_order_is_left_alone(string name) => Named(name).Violations([Named(name).Innocent]).ShouldBeEmpty();

    [Fact]
    public void The_scan_sees_the_files_of_every_project() =>
        SourceFile.All.Select(f => f.Path).ShouldSatisfyAllConditions(
            paths => paths.ShouldContain("src/Report12350.Domain/Reports/Report.cs"),
            paths => paths.ShouldContain("src/Report12350/Confidentiality/Receipt.cs"),
            paths => paths.ShouldContain("web/Program.cs"),
            paths => paths.ShouldContain("bot/Report12350.Bot.csproj"),
            paths => paths.ShouldContain("tests/Report12350.Tests/Architecture/WallsTests.cs"));

    [Fact]
    public void The_compiled_domain_references_the_runtime_and_Stateless() =>
        Strangers(typeof(Report).Assembly).ShouldBeEmpty();

    [Fact]
    public void A_stranger_in_an_assembly_is_noticed() =>
        Strangers(typeof(JurisdictionProfile).Assembly).ShouldContain("YamlDotNet");

    [Fact]
    public void The_compiled_pages_and_the_bot_reference_no_database()
    {
        Databases(Assembly.Load("Report12350.Web")).ShouldBeEmpty();
        Databases(Assembly.Load("Report12350.Bot")).ShouldBeEmpty();
    }

    [Fact]
    public void A_database_in_an_assembly_is_noticed() =>
        Databases(["System.Runtime", "Microsoft.EntityFrameworkCore.Relational"]).ShouldBe(["Microsoft.EntityFrameworkCore.Relational"]);

    private static Wall Named(string name) => Wall.All.Single(wall => wall.Name == name);

    private static List<string> Strangers(Assembly assembly) =>
        [.. References(assembly).Where(name => name is not ("Stateless" or "System.Private.CoreLib" or "netstandard") && !name.StartsWith("System.", StringComparison.Ordinal))];

    private static List<string> Databases(Assembly assembly) => Databases(References(assembly));

    private static List<string> Databases(IEnumerable<string> references) =>
        [.. references.Where(name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal))];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);
}
