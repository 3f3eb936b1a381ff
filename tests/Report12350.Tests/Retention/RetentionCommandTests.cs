using Microsoft.Extensions.Configuration;
using Report12350.Tests.Hosting;
using Report12350.Web;

namespace Report12350.Tests.Retention;

/// <summary>As an operator types it.</summary>
public sealed class RetentionCommandTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact]
    public async Task A_dry_run_lists_and_touches_nothing_and_the_run_does_as_listed()
    {
        var (due, held, young) = (await app.DeclinedAsync(), await app.DeclinedAsync(), await app.DeclinedAsync());
        await app.WriteAsync(held, "我找到地址了。");
        await app.AgeAsync(due.Id, years: 3);
        await app.AgeAsync(held.Id, years: 3);

        var said = await RunAsync("--dry-run");
        said.ShouldContain($"  {due.Number}  Declined");
        said.Split('\n').Single(line => line.Contains(held.Number, StringComparison.Ordinal)).ShouldContain("ReporterWrote");
        said.ShouldNotContain(young.Number);
        (await app.IsThereAsync(due.Id)).ShouldBeTrue();

        (await RunAsync()).ShouldContain("Deleted: 1");
        (await app.IsThereAsync(due.Id), await app.IsThereAsync(held.Id), await app.IsThereAsync(young.Id)).ShouldBe((false, true, true));
    }

    [Fact]
    public void The_flag_takes_no_setting_for_its_value() =>
        new ConfigurationBuilder().AddCommandLine(CommandLine.Settings(["retention", "--dry-run", "--Data:Folder", "/srv/x"])).Build()["Data:Folder"].ShouldBe("/srv/x");

    private async Task<string> RunAsync(params string[] words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", app.Folder)]).Build();
        await using var print = new StringWriter();
        (await CommandLine.RunAsync("retention", new CommandCall(words, configuration, print, app.Time))).ShouldBe(0);
        return print.ToString();
    }
}
