using System.Text;
using Report12350.Tests.Confidentiality.Leaks;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality;

/// <summary>What a thief of the database, the folder, the logs or a backup learns of who said what: nothing.</summary>
public abstract class LeakTests
{
    private readonly ReportApplication app;
    private readonly MarkedSite site;

    private protected LeakTests(ReportApplication app, MarkedSite site) => (this.app, this.site) = (app, site);

    [Fact]
    public async Task No_column_of_any_table_holds_a_mark()
    {
        var columns = await Dump.ColumnsAsync(app);

        columns.Count.ShouldBeGreaterThan(100);
        Find(columns).ShouldBeEmpty();
        foreach (var column in new[] { "EvidenceUploads.SealedSaid", "EvidenceUploads.SealedTail", "MaskSheets.SealedMasks", "MaskSheets.SealedCopy", "MaskedPictures.SealedPicture" })
            columns.Single(c => c.Place == column).Bytes.Length.ShouldBeGreaterThan(100, column);
        var numbers = new MarkSearch([new Mark("number", Encoding.UTF8.GetBytes(site.Run.Number))]);
        columns.ShouldContain(c => c.Place == "Reports.Number" && numbers.Find(c.Bytes).Count > 0, "the dump itself must be read");
    }

    [Fact]
    public async Task No_backup_holds_a_mark()
    {
        var backup = await Dump.BackupAsync(app);

        Encoding.UTF8.GetString(backup.Bytes).ShouldContain(site.Run.Number, Case.Sensitive, "the backup itself must be read");
        Find([backup]).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_of_the_data_folder_holds_a_mark()
    {
        var files = Dump.Folder(app).ToList();

        files.ShouldContain(f => f.Place.Contains("/evidence/") && f.Bytes.Length > 100_000);
        files.ShouldContain(f => f.Place.Contains("/keys/"));
        Find(files).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_left_in_the_temporary_folder_holds_a_mark()
    {
        Find(Dump.Temporary(site.Run.Since)).ShouldBeEmpty();
    }

    [Fact]
    public void No_log_line_of_any_level_holds_a_mark_an_address_or_a_browser()
    {
        var log = string.Join('\n', site.Log.Lines);

        site.Log.Lines.Count.ShouldBeGreaterThan(1000);
        Find([new Taken("log", Encoding.UTF8.GetBytes(log))]).ShouldBeEmpty();
        log.ShouldNotContain(Visitor.Address);
        log.ShouldNotContain(Visitor.Agent);
    }

    [Fact]
    public void Every_field_of_the_run_was_marked() => site.Run.Marks.All.Count.ShouldBeGreaterThan(205);

    private List<string> Find(IEnumerable<Taken> places)
    {
        var search = new MarkSearch(site.Run.Marks.All);
        return [.. places.SelectMany(place => search.Find(place.Bytes).Select(hit => $"{place.Place}: {hit}"))];
    }
}

public sealed class LeakOnSqliteTests(MarkedSqliteApplication app) : LeakTests(app, app.Marked), IClassFixture<MarkedSqliteApplication>;

public sealed class LeakOnPostgresTests(MarkedPostgresApplication app) : LeakTests(app, app.Marked), IClassFixture<MarkedPostgresApplication>;
