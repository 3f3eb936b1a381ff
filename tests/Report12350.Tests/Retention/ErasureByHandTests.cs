using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Retention;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Retention;

/// <summary>Deletion by hand takes two people, each with a fresh second factor, and is in the audit whoever tries.</summary>
public abstract class ErasureByHandTests(ReportApplication app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_asks_and_another_agrees()
    {
        var filed = await app.DeclinedAsync();
        var (asker, second) = (await app.As(Role.Dispatcher), await app.As(Role.Supervisor));

        (await SendAsync(asker, filed, "Ask", ("Reason", "LawRequires"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.IsThereAsync(filed.Id)).ShouldBeTrue("one person is not enough");
        (await app.BrowserOf(second).ReadAsync($"/staff/reports/{filed.Number}/erase")).ShouldContain("法律文书要求");
        (await (await SendAsync(second, filed, "Confirm")).TextAsync()).ShouldContain("已删除。密钥已经销毁。");

        var tombstone = await app.Read(db => db.Tombstones.SingleAsync(t => t.ReportId == filed.Id));
        (tombstone.Reason, tombstone.AskedBy, tombstone.ConfirmedBy, tombstone.ErasedAt is null).ShouldBe((ErasureReason.LawRequires, asker.Id, second.Id, false));
        (await app.IsThereAsync(filed.Id)).ShouldBeFalse();
        (await app.TypeReceiptAsync(filed)).Erased!.Reason.ShouldBe(ErasureReason.LawRequires);
        var acts = await app.Read(db => db.Audit.Where(a => a.ReportId == filed.Id && !a.Refused).OrderBy(a => a.Id).Select(a => a.Act).ToListAsync());
        acts[^3..].ShouldBe([nameof(AskErasure), nameof(ConfirmErasure), nameof(EraseReport)]);
    }

    [Fact]
    public async Task Who_asked_cannot_agree_and_that_they_tried_is_in_the_audit()
    {
        var filed = await app.DeclinedAsync();
        var asker = await app.As(Role.Dispatcher);
        await asker.Send(new AskErasure(filed.Id, ErasureReason.EnteredByMistake));

        (await (await SendAsync(asker, filed, "Confirm")).TextAsync()).ShouldContain("申请的人不能自己批准");

        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
        (await RefusalsAsync(asker, nameof(ConfirmErasure), filed.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_may_disagree_and_the_report_stays()
    {
        var filed = await app.DeclinedAsync();
        await (await app.As(Role.Dispatcher)).Send(new AskErasure(filed.Id, ErasureReason.ReporterAsked));

        (await SendAsync(await app.As(Role.Dispatcher, person: "2"), filed, "Drop")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Should.ThrowAsync<StaleException>(async () => await (await app.As(Role.Supervisor)).Send(new ConfirmErasure(filed.Id)));
        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
    }

    [Fact]
    public async Task Everybody_else_is_refused_and_audited()
    {
        var filed = await app.DeclinedAsync();
        await (await app.As(Role.Dispatcher)).Send(new AskErasure(filed.Id, ErasureReason.ReporterAsked));
        foreach (var role in Enum.GetValues<Role>().Except([Role.Dispatcher, Role.Supervisor]))
        {
            var person = await app.As(role, CaseHands.Gas);
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new AskErasure(filed.Id, ErasureReason.ReporterAsked)), $"{role}");
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new ConfirmErasure(filed.Id)), $"{role}");
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new DropErasure(filed.Id)), $"{role}");
            foreach (var act in new[] { nameof(AskErasure), nameof(ConfirmErasure), nameof(DropErasure) })
                (await RefusalsAsync(person, act, filed.Id)).ShouldBe(1, $"{role} {act}");
            using var browser = app.BrowserOf(person);
            (await browser.GetAsync($"/staff/reports/{filed.Number}/erase", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}");
            foreach (var handler in new[] { "Ask", "Confirm", "Drop" })
                (await browser.PostAsync($"/staff/reports/{filed.Number}/erase?handler={handler}", new FormUrlEncodedContent([new("form-token", Pages.TokenIn(await browser.ReadAsync("/staff/people"))), new("Reason", "ReporterAsked")]), Token))
                    .StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role} {handler}");
        }

        await Should.ThrowAsync<NotPermittedException>(async () => await (await app.As(Role.Supervisor)).Send(new AskErasure(filed.Id, ErasureReason.ReporterAsked)));
        (await app.IsThereAsync(filed.Id)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ReportState.Received, "rule.EraseOpenReport")]
    [InlineData(ReportState.Concluded, "rule.EraseOpenReport")]
    public async Task What_is_still_open_is_not_erased(ReportState state, string code)
    {
        var (filed, hands) = await app.NewCaseAsync();
        if (state is ReportState.Concluded)
            await hands.ConcludedAsync();

        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await hands.Dispatcher).Send(new AskErasure(filed.Id, ErasureReason.EnteredByMistake)))).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ErasureReason.KeptLongEnough)]
    [InlineData(ErasureReason.KeyDestroyed)]
    public async Task The_reason_is_one_of_the_list(ErasureReason? reason)
    {
        var filed = await app.DeclinedAsync();

        await Should.ThrowAsync<FluentValidation.ValidationException>(async () => await (await app.As(Role.Dispatcher)).Send(new AskErasure(filed.Id, reason)));
    }

    [Fact]
    public async Task A_report_others_were_merged_into_goes_after_them()
    {
        var (root, merged) = (await app.FileAsync(), await app.FileAsync());
        await app.MergeAsync(merged, root);
        await app.DeclineAsync(root, DeclineReason.NoTargetOrFacts, "地点找不到。");

        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await app.As(Role.Dispatcher)).Send(new AskErasure(root.Id, ErasureReason.ReporterAsked)))).Code.ShouldBe("rule.EraseMergedFirst");
    }

    private async Task<HttpResponseMessage> SendAsync(StaffHands person, Filed filed, string handler, params (string, string)[] fields)
    {
        await person.Send(new ReadRetention()); // signs in anew where the clock was moved, and proves the second factor
        using var browser = app.BrowserOf(person);
        var answer = await browser.SendFormAsync($"/staff/reports/{filed.Number}/erase", fields, $"/staff/reports/{filed.Number}/erase?handler={handler}");
        return answer.StatusCode is HttpStatusCode.Redirect ? await browser.GetAsync(answer.Headers.Location, Token) : answer;
    }

    private Task<int> RefusalsAsync(StaffHands person, string act, ReportId report) =>
        app.Read(db => db.Audit.CountAsync(a => a.StaffId == person.Id && a.Act == act && a.ReportId == report && a.Refused, Token));
}

public sealed class ErasureByHandOnSqliteTests(SqliteApplication app) : ErasureByHandTests(app), IClassFixture<SqliteApplication>;

public sealed class ErasureByHandOnPostgresTests(PostgresApplication app) : ErasureByHandTests(app), IClassFixture<PostgresApplication>;
