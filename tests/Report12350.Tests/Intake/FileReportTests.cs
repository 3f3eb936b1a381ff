using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Intake;

public abstract class FileReportTests(ReportApplication app)
{
    [Fact]
    public async Task Filing_gives_a_number_and_a_receipt_and_starts_the_clock()
    {
        var filed = await app.FileAsync();
        var report = await app.ReportAsync(filed.Id);
        report.State.ShouldBe(ReportState.Received);
        report.NextDueAt.ShouldNotBeNull();
        filed.Number.Length.ShouldBe(11);
        filed.Receipt.Length.ShouldBe(25);
    }

    [Fact]
    public async Task Sent_twice_at_once_it_files_once_and_answers_the_same()
    {
        var pass = await app.Send(new StartDraft());
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        FilingReports.FillIn(content);
        content.Answers.Unit = "只登记一次的单位";
        await app.Send(new SaveDraft(pass, content));
        var before = await app.Read(db => db.Reports.CountAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Send(new FileReport(pass))));
        answers.Distinct().Count().ShouldBe(1);
        (await app.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_dispatcher_accepts_and_the_sixty_days_begin()
    {
        var filed = await app.FileAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        await dispatcher.Send(new AcceptReport(filed.Id, await app.VersionAsync(filed.Id)));
        var report = await app.ReportAsync(filed.Id);
        report.State.ShouldBe(ReportState.Accepted);
        report.AcceptedBy.ShouldBe(dispatcher.Id);
    }
}

public sealed class FileReportOnSqliteTests(SqliteApplication app) : FileReportTests(app), IClassFixture<SqliteApplication>;

public sealed class FileReportOnPostgresTests(PostgresApplication app) : FileReportTests(app), IClassFixture<PostgresApplication>;
