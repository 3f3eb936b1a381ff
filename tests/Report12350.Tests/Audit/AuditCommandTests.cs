using Microsoft.Extensions.Configuration;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Report12350.Web;

namespace Report12350.Tests.Audit;

/// <summary>As an operator types them.</summary>
public sealed class AuditCommandTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact]
    public async Task A_whole_chain_is_OK_and_its_checkpoint_is_printed()
    {
        await OpenAsync();
        var (code, said) = await RunAsync("verify-audit");
        (code, said.Contains("OK:", StringComparison.Ordinal), said.Contains("逐条核对无误", StringComparison.Ordinal)).ShouldBe((0, true, true), said);

        var (signed, checkpoint) = await RunAsync("checkpoint");
        (signed, checkpoint.StartsWith("Report12350 audit checkpoint 1\nsequence: ", StringComparison.Ordinal)).ShouldBe((0, true), checkpoint);
    }

    [Fact]
    public async Task A_broken_chain_is_told_with_its_first_broken_row()
    {
        await OpenAsync();
        await app.HarmAsync(() => app.SqlAsync("UPDATE \"Audit\" SET \"Department\" = 'x' WHERE \"Id\" = 3"), async () =>
        {
            var (code, said) = await RunAsync("verify-audit");
            code.ShouldBe(1);
            said.ShouldContain("Row 3 was changed.");
            (await RunAsync("checkpoint")).Code.ShouldBe(1);
        });
    }

    [Fact]
    public async Task A_published_checkpoint_holds_the_site_to_it()
    {
        await OpenAsync();
        var file = Path.Combine(app.Folder, "published.txt");
        await File.WriteAllTextAsync(file, (await RunAsync("checkpoint")).Said, TestContext.Current.CancellationToken);
        await OpenAsync();
        await File.AppendAllTextAsync(file, (await RunAsync("checkpoint")).Said, TestContext.Current.CancellationToken);
        (await RunAsync("verify-audit", ("published", file))).Code.ShouldBe(0);
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync("DELETE FROM \"AuditCheckpoints\"");
            await app.SqlAsync("DELETE FROM \"Audit\" WHERE \"Id\" > 4");
            await app.SqlAsync("UPDATE \"AuditHead\" SET \"Sequence\" = 4, \"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = 4)");
        }, async () =>
        {
            (await RunAsync("verify-audit")).Code.ShouldBe(0);
            var (code, said) = await RunAsync("verify-audit", ("published", file));
            (code, said.Contains("Row 5 is missing.", StringComparison.Ordinal)).ShouldBe((1, true), said);
        });
    }

    [Fact]
    public async Task In_an_empty_folder_nothing_is_made_and_nothing_is_claimed()
    {
        var empty = Directory.CreateTempSubdirectory("report12350-empty-").FullName;
        var (code, said) = await RunAsync("verify-audit", ("Data:Folder", empty));
        (code, said.Contains("No key ring", StringComparison.Ordinal)).ShouldBe((2, true), said);
        Directory.EnumerateFileSystemEntries(empty).ShouldBeEmpty();
        Directory.Delete(empty);
    }

    private async Task OpenAsync()
    {
        var filed = await app.FileAsync();
        await (await app.As(Role.Dispatcher)).Send(new ReadCase(filed.Number));
    }

    private async Task<(int Code, string Said)> RunAsync(string command, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Prepend(("Data:Folder", app.Folder)).GroupBy(s => s.Item1).Select(s => KeyValuePair.Create(s.Key, (string?)s.Last().Item2))).Build();
        await using var print = new StringWriter();
        var code = await CommandLine.RunAsync(command, new CommandCall([], configuration, print, app.Time));
        return (code, print.ToString());
    }
}
