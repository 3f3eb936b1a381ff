using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Worklist;

namespace Report12350.Tests.Worklist;

public abstract class ReadWorklistTests(ReportApplication app)
{
    [Fact]
    public async Task A_dispatcher_sees_first_what_is_due_first()
    {
        var (plain, _) = await app.NewCaseAsync();
        var (urgent, _) = await app.NewCaseAsync(c => c.Answers.Urgent = true);

        var page = await (await app.As(Role.Dispatcher)).Send(new ReadWorklist());
        page.Shelf.ShouldBe(Shelf.Mine);
        var numbers = page.Rows.Select(r => r.Number).ToList();
        numbers.ShouldContain(urgent.Number);
        numbers.Skip(numbers.IndexOf(urgent.Number)).Concat(numbers.Contains(plain.Number) ? [] : [plain.Number]).ShouldContain(plain.Number);
        page.Rows.Single(r => r.Number == urgent.Number).DaysLeft.ShouldBe(1);
    }

    [Fact]
    public async Task An_officer_sees_what_waits_for_the_department_and_what_is_theirs_and_no_more()
    {
        var (unreferred, _) = await app.NewCaseAsync();
        var (referred, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var officer = await hands.Officer;

        (await Numbers(officer, Shelf.Mine)).ShouldContain(referred.Number);
        (await Numbers(officer, Shelf.Department)).ShouldContain(referred.Number);
        (await Numbers(officer, Shelf.Department)).ShouldNotContain(unreferred.Number);
        (await Numbers(await app.As(Role.Officer, "scjgj"), Shelf.Assisting)).ShouldContain(referred.Number);
        (await Numbers(await app.As(Role.Officer, "jyj"), Shelf.Assisting)).ShouldBeEmpty();
        await officer.Send(new SignInReport(referred.Id, await hands.Version));
        (await Numbers(officer, Shelf.Mine)).ShouldContain(referred.Number);
        (await Numbers(await hands.Reviewer, Shelf.Mine)).ShouldNotContain(referred.Number);
    }

    [Fact]
    public async Task A_supervisor_sees_what_is_overdue_or_listed_only()
    {
        var (_, hands) = await app.NewCaseAsync();
        var supervisor = await app.As(Role.Supervisor);
        (await supervisor.Send(new ReadWorklist())).Shelves.ShouldBe([Shelf.Overdue, Shelf.All]);
        var before = await Numbers(supervisor, Shelf.All);
        await hands.VerifyingAsync();
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(hands.Report, o => new Report12350.Verification.ListForSupervision(o, version, null));

        (await Numbers(supervisor, Shelf.All)).Except(before).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Those_whose_work_is_not_on_reports_have_no_worklist() =>
        await Should.ThrowAsync<NotPermittedException>((await app.As(Role.Cashier, "czj")).Send(new ReadWorklist()));

    [Fact]
    public async Task Pages_follow_one_another_without_a_gap_or_a_repeat()
    {
        for (var i = 0; i < ReadWorklist.PageSize + 3; i++)
            await app.FileAsync(c => c.Answers.Town = "dahu");
        var dispatcher = await app.As(Role.Dispatcher);
        var first = await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Town = "dahu" });
        var second = await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Town = "dahu", After = first.Next });

        first.Rows.Count.ShouldBe(ReadWorklist.PageSize);
        second.Rows.Count.ShouldBe(3);
        second.Next.ShouldBeNull();
        first.Rows.Concat(second.Rows).Select(r => r.Number).ShouldBeUnique();
    }

    [Fact]
    public async Task Each_counted_shelf_says_how_many_stand_on_it_and_stops_at_many()
    {
        var dispatcher = await app.As(Role.Dispatcher);
        var before = (await dispatcher.Send(new ReadWorklist { Town = "no" })).Counts[Shelf.Mine];
        await app.FileAsync();

        var page = await dispatcher.Send(new ReadWorklist());
        page.Counts[Shelf.Mine].ShouldBe(Math.Min(before + 1, WorklistShelves.Many));
        page.Counts.Keys.ShouldBe([Shelf.Mine, Shelf.Overdue]);
        (await (await app.As(Role.Officer, "jyj")).Send(new ReadWorklist())).Counts.Keys.ShouldBe([Shelf.Mine, Shelf.Department, Shelf.Overdue]);
    }

    [Fact]
    public async Task Sorted_by_time_received_the_newest_comes_first_and_pages_follow()
    {
        for (var i = 0; i < ReadWorklist.PageSize + 2; i++)
            await app.FileAsync(c => c.Answers.Town = "gongping");
        var dispatcher = await app.As(Role.Dispatcher);
        var asked = new ReadWorklist { Shelf = Shelf.All, Town = "gongping", Order = WorklistOrder.Received };

        var first = await dispatcher.Send(asked);
        var second = await dispatcher.Send(asked with { After = first.Next });

        var numbers = first.Rows.Concat(second.Rows).Select(r => r.Number).ToList();
        numbers.ShouldBe(numbers.OrderDescending(StringComparer.Ordinal));
        numbers.ShouldBeUnique();
        numbers.Count.ShouldBeGreaterThanOrEqualTo(ReadWorklist.PageSize + 2);
    }

    [Fact]
    public async Task The_export_holds_what_the_person_sees_is_audited_and_has_no_word_of_a_report()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var officer = await hands.Officer;
        using var browser = app.BrowserOf(officer);

        var sheet = await (await browser.GetAsync("/staff?shelf=department&handler=Export", TestContext.Current.CancellationToken)).TextAsync();

        sheet.ShouldContain(filed.Number);
        sheet.ShouldNotContain("煤气瓶");
        sheet.ShouldNotContain("某餐馆");
        (await app.Read(db => db.Audit.AnyAsync(a => a.Act == "ExportWorklist" && a.StaffId == officer.Id))).ShouldBeTrue();
        (await (await app.As(Role.Officer, "jyj")).Send(new ExportWorklist(new ReadWorklist { Shelf = Shelf.All }))).Rows.ShouldBeEmpty();
        await Should.ThrowAsync<NotPermittedException>((await app.As(Role.Cashier, "czj")).Send(new ExportWorklist(new ReadWorklist())));
    }

    [Fact]
    public async Task A_number_is_found_by_how_it_begins_and_with_spaces()
    {
        var (filed, _) = await app.NewCaseAsync();
        var dispatcher = await app.As(Role.Dispatcher);

        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Number = filed.Number[..5] + " " + filed.Number[5..] })).Rows.ShouldHaveSingleItem().Number.ShouldBe(filed.Number);
        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Number = "1999" })).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_narrow_and_closed_reports_are_found_by_their_state()
    {
        var (filed, hands) = await app.NewCaseAsync(c => c.Answers.Town = "chikeng");
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new DeclineReport(o, version, DeclineReason.BelongsToPetition, "请向信访局反映。"));
        var dispatcher = await hands.Dispatcher;

        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Town = "chikeng" })).Rows.ShouldBeEmpty();
        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Town = "chikeng", State = ReportState.Declined })).Rows.ShouldHaveSingleItem();
        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Town = "chikeng", State = ReportState.Declined, Kind = MatterKind.Violation })).Rows.ShouldBeEmpty();
        (await dispatcher.Send(new ReadWorklist { Shelf = Shelf.All, Sector = "gas", State = ReportState.Declined })).Rows.ShouldNotBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> Numbers(StaffHands hands, Shelf shelf) =>
        [.. (await hands.Send(new ReadWorklist { Shelf = shelf })).Rows.Select(r => r.Number)];
}

public sealed class ReadWorklistOnSqliteTests(SqliteApplication app) : ReadWorklistTests(app), IClassFixture<SqliteApplication>;

public sealed class ReadWorklistOnPostgresTests(PostgresApplication app) : ReadWorklistTests(app), IClassFixture<PostgresApplication>;
