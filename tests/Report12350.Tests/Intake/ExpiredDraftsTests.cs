using System.Text;
using Microsoft.EntityFrameworkCore;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Intake;

public abstract class ExpiredDraftsTests(ReportApplication app)
{
    [Fact]
    public async Task A_draft_whose_day_is_over_goes_with_its_files_and_a_filed_report_keeps_its_own()
    {
        var (left, _) = await DraftWithFileAsync();
        var dropped = await app.Read(db => db.EvidenceFiles.Where(f => f.DraftId == left.Id).Select(f => f.Id).SingleAsync());
        var (filed, content) = await DraftWithFileAsync();
        FilingReports.FillIn(content);
        await app.Send(new SaveDraft(filed, content));
        var number = (await app.Send(new FileReport(filed))).Number;
        var id = await app.Read(db => db.Reports.Where(r => r.Number == number).Select(r => r.Id).SingleAsync());

        app.Time.Advance(TimeSpan.FromHours(25));
        await app.Send(new CollectExpiredDrafts());
        (await app.Read(db => db.Drafts.CountAsync(d => d.Id == left.Id || d.Id == filed.Id))).ShouldBe(0);
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.DraftId == left.Id))).ShouldBe(0);
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.ReportId == id))).ShouldBe(1);
        var kept = await app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == id).Select(f => f.Id).SingleAsync());
        Files().ShouldContain(f => f.EndsWith(kept.ToString("N"), StringComparison.Ordinal));
        Files().ShouldNotContain(f => f.EndsWith(dropped.ToString("N"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_that_belong_to_nothing_go_after_a_day()
    {
        var (stray, fresh, spooled) = (NewFile("evidence"), NewFile("evidence"), NewFile("spool"));
        foreach (var file in new[] { stray, fresh, spooled })
            await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(spooled, app.Time.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(stray, app.Time.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(fresh, app.Time.GetUtcNow().UtcDateTime.AddHours(-1));

        await app.Send(new CollectExpiredDrafts());
        File.Exists(spooled).ShouldBeFalse();
        File.Exists(stray).ShouldBeFalse();
        File.Exists(fresh).ShouldBeTrue();

        string NewFile(string folder)
        {
            var name = Guid.NewGuid().ToString("N");
            return Path.Combine(Directory.CreateDirectory(Path.Combine(app.Folder, folder, name[^2..])).FullName, name);
        }
    }

    [Fact]
    public async Task A_file_that_comes_in_while_other_answers_are_saved_loses_neither()
    {
        var pass = await app.Send(new StartDraft());
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        await app.Send(new AttachEvidence(pass, "一.txt", new MemoryStream("一"u8.ToArray())));
        content.Answers.Unit = "某厂";
        await app.Send(new SaveDraft(pass, content));
        var after = (await app.Send(new ReadDraft(pass)))!.Content;
        after.Answers.Unit.ShouldBe("某厂");
        after.Files.Values.ShouldHaveSingleItem().Name.ShouldBe("一.txt");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => app.Send(new AttachEvidence(pass, $"{n}.txt", new MemoryStream(Encoding.UTF8.GetBytes($"{n}"))))));
        (await app.Send(new ReadDraft(pass)))!.Content.Files.Count.ShouldBe(5);
    }

    private async Task<(DraftPass Pass, DraftContent Content)> DraftWithFileAsync()
    {
        var pass = await app.Send(new StartDraft());
        await app.Send(new AttachEvidence(pass, "说明.txt", new MemoryStream("煤气瓶"u8.ToArray())));
        return (pass, (await app.Send(new ReadDraft(pass)))!.Content);
    }

    private string[] Files() => Directory.GetFiles(Path.Combine(app.Folder, "evidence"), "*", SearchOption.AllDirectories);
}

public sealed class ExpiredDraftsOnSqliteTests(SqliteApplication app) : ExpiredDraftsTests(app), IClassFixture<SqliteApplication>;

public sealed class ExpiredDraftsOnPostgresTests(PostgresApplication app) : ExpiredDraftsTests(app), IClassFixture<PostgresApplication>;
