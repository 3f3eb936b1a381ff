using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Report12350.Data;
using Report12350.Demo;
using Report12350.Domain.Reports;

namespace Report12350.Tests.Demo;

public sealed class DemoSiteTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-demo-").FullName;

    [Fact]
    public async Task An_empty_folder_becomes_a_county_at_work()
    {
        using var printed = new StringWriter();
        await DemoSite.FillAsync(Configuration(), TimeProvider.System, printed, reports: 80);
        printed.ToString().ShouldContain("TOTP secret");
        await using var db = new SqliteReportsDbContext(new DbContextOptionsBuilder<SqliteReportsDbContext>()
            .UseSqlite($"Data Source={Path.Combine(folder, "report12350.db")}").Options);
        var states = await db.Reports.GroupBy(r => r.State).Select(g => g.Key).ToListAsync(TestContext.Current.CancellationToken);
        states.ShouldContain(ReportState.ClosedOut);
        states.Count.ShouldBeGreaterThan(6);
        (await db.Reports.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(80);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine", TestContext.Current.CancellationToken);
        using var printed = new StringWriter();
        await Should.ThrowAsync<InvalidOperationException>(() => DemoSite.FillAsync(Configuration(), TimeProvider.System, printed));
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(1);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder), new("Receipts:Ready", "1")]).Build();
}
