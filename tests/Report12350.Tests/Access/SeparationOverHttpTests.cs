using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Rewards;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tests.Rewards;
using Report12350.Tests.Staff;

namespace Report12350.Tests.Access;

/// <summary>三专: accepting, verifying and paying are done by three people, whatever roles one of them has; asked through the site's forms.</summary>
public abstract class SeparationOverHttpTests(ReportApplication app)
{
    private static int people;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_accepted_does_not_verify()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var everything = await EverythingAsync();
        using var browser = app.BrowserOf(everything);
        (await ActAsync(browser, filed, ReportAction.Accept, await hands.Version)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, CaseHands.Gas, [], "归它管。"));

        var refused = await ActAsync(browser, filed, ReportAction.SignIn, await hands.Version);

        (await refused.TextAsync()).ShouldContain("受理的人不能核查");
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Referred);
        await ShouldBeAuditedAsync(everything, nameof(SignInReport));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_accepted_or_verified_does_not_pay_and_sees_no_payee(bool accepted)
    {
        var everything = await EverythingAsync();
        var staging = new Staging { Until = RewardState.Claimed };
        var staged = await app.StageAsync(accepted ? staging with { Acceptor = everything.Id } : staging with { Verifier = everything.Id });

        await ShouldNotPayAsync(everything, staged);

        var cashier = app.BrowserOf(await app.As(Role.Cashier));
        (await cashier.ReadAsync($"/staff/rewards/{staged.Number}/pay")).ShouldContain(RewardStage.Payee.Account!);
        (await PayAsync(cashier, staged)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Paid);
    }

    [Fact]
    public async Task Who_accepted_another_report_of_the_matter_neither_verifies_nor_pays()
    {
        var everything = await EverythingAsync();
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var other = await app.StageAsync(new Staging { Acceptor = everything.Id });
        await app.JoinMatterAsync([staged, other]);

        await ShouldNotPayAsync(everything, staged);
    }

    [Fact]
    public async Task Who_verified_in_a_round_that_was_overturned_does_not_pay()
    {
        var everything = await EverythingAsync();
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        IReadOnlyList<Guid> former = [everything.Id];
        await app.Read(db => db.Reports.Where(r => r.Id == staged.Report).ExecuteUpdateAsync(r => r.SetProperty(x => x.ExcludedOfficers, former), Token));

        await ShouldNotPayAsync(everything, staged);
    }

    [Theory]
    [InlineData(RewardState.Voting)]
    [InlineData(RewardState.Approved)]
    [InlineData(RewardState.ClaimOpen)]
    public async Task The_cashier_sees_no_payee_before_it_is_claimed_and_the_try_is_audited(RewardState before)
    {
        var staged = await app.StageAsync(new Staging { Until = before });
        var cashier = await app.As(Role.Cashier);
        var tries = await RefusalsAsync(cashier, "ReadPayee");

        var answer = await app.BrowserOf(cashier).GetAsync($"/staff/rewards/{staged.Number}/pay", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await RefusalsAsync(cashier, "ReadPayee")).ShouldBe(tries + 1);
    }

    [Fact]
    public async Task After_payment_there_is_no_payee_left_to_see()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var cashier = await app.As(Role.Cashier);
        using var browser = app.BrowserOf(cashier);
        (await PayAsync(browser, staged)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var opened = await app.Read(db => db.Audit.CountAsync(a => a.StaffId == cashier.Id && a.Act == "ReadPayee" && !a.Refused, Token));

        (await browser.ReadAsync($"/staff/rewards/{staged.Number}/pay")).ShouldNotContain(RewardStage.Payee.Account!);

        (await app.ClaimAsync(staged.Claim)).SealedPayee.ShouldBeNull();
        (await app.Read(db => db.Audit.CountAsync(a => a.StaffId == cashier.Id && a.Act == "ReadPayee" && !a.Refused, Token))).ShouldBe(opened);
    }

    private async Task ShouldNotPayAsync(StaffHands everything, Staged staged)
    {
        using var browser = app.BrowserOf(everything);
        var page = await browser.ReadAsync($"/staff/rewards/{staged.Number}/pay");
        page.ShouldContain("发放");
        page.ShouldNotContain(RewardStage.Payee.Account!);
        await ShouldBeAuditedAsync(everything, "ReadPayee");

        var refused = await PayAsync(browser, staged, page);

        (await refused.TextAsync()).ShouldContain("请由其他发奖人办理");
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Claimed);
        await ShouldBeAuditedAsync(everything, nameof(PayReward));
    }

    /// <summary>One person with every role of the three.</summary>
    private Task<StaffHands> EverythingAsync() =>
        Recruiting.JoinAsync(app, $"everything{Interlocked.Increment(ref people)}", CaseHands.Gas, [Role.Dispatcher, Role.Officer, Role.Cashier]);

    private static Task<HttpResponseMessage> ActAsync(HttpClient browser, Filed filed, ReportAction act, int version) =>
        browser.SendFormAsync($"/staff/reports/{filed.Number}", [("Version", $"{version}")], $"/staff/reports/{filed.Number}?handler={act}");

    private async Task<HttpResponseMessage> PayAsync(HttpClient browser, Staged staged, string? page = null)
    {
        var to = $"/staff/rewards/{staged.Number}/pay";
        var token = Pages.TokenIn(page is null || !page.Contains("form-token", StringComparison.Ordinal) ? await browser.ReadAsync("/staff/people") : page);
        var form = new Dictionary<string, string> { ["form-token"] = token, ["Claim"] = staged.Claim.ToString(), ["Version"] = $"{(await app.ClaimAsync(staged.Claim)).Version}" };
        return await browser.PostAsync(to, new FormUrlEncodedContent(form), Token);
    }

    private async Task ShouldBeAuditedAsync(StaffHands person, string act) => (await RefusalsAsync(person, act)).ShouldBeGreaterThan(0);

    private Task<int> RefusalsAsync(StaffHands person, string act) =>
        app.Read(db => db.Audit.CountAsync(a => a.StaffId == person.Id && a.Act == act && a.Refused, Token));
}

public sealed class SeparationOverHttpOnSqliteTests(SqliteApplication app) : SeparationOverHttpTests(app), IClassFixture<SqliteApplication>;

public sealed class SeparationOverHttpOnPostgresTests(PostgresApplication app) : SeparationOverHttpTests(app), IClassFixture<PostgresApplication>;
