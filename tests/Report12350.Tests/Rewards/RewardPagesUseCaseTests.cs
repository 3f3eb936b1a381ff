using System.Net;
using System.Text.RegularExpressions;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Rewards;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Rewards;

/// <summary>The claim as a visitor without script sees it, and the console's reward pages.</summary>
public abstract class RewardPagesUseCaseTests(ReportApplication app)
{
    [Fact]
    public async Task An_unknown_number_and_a_wrong_code_read_the_same()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var wrong = await TryAsync(staged.Number, "wrong code");
        var unknown = await TryAsync("20269999983", "wrong code");
        unknown.ShouldBe(wrong);
        wrong.ShouldContain("编号或领奖密码不对");
        for (var i = 0; i < 4; i++)
        {
            await TryAsync(staged.Number, "wrong code");
            await TryAsync("20269999983", "wrong code");
        }

        var locked = await TryAsync(staged.Number, staged.ClaimCode);
        locked.ShouldContain("过一刻钟再试");
        (await TryAsync("20269999983", staged.ClaimCode)).ShouldBe(locked);
    }

    [Fact]
    public async Task A_reward_is_claimed_page_by_page_and_no_secret_is_in_an_address()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        using var browser = app.Browser();
        var collect = await PostAsync(browser, "/claim", ("Number", staged.Number), ("Code", staged.ClaimCode));
        collect.Path.ShouldBe("/claim/collect");
        collect.Text.ShouldContain("3,000 元");
        var refused = await PostAsync(browser, "/claim/collect", ("Way", "Bank"), ("Payee.Name", "陈某"), ("Payee.Bank", ""), ("Payee.Account", "12-34"));
        refused.Text.ShouldContain("请填写开户行");
        refused.Text.ShouldContain("请填写账号");
        refused.Text.ShouldContain("陈某");
        var done = await PostAsync(browser, "/claim/collect", ("Way", "Bank"), ("Payee.Name", "陈某"), ("Payee.Bank", "农商行"), ("Payee.Account", "6217 0000 1234 5678"));
        done.Path.ShouldBe("/claim/done");
        done.Text.ShouldNotContain("6217");
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Claimed);
        var cashier = await app.As(Role.Cashier);
        (await cashier.Send(new ReadPayment(staged.Number))).Payee!.Account.ShouldBe("6217000012345678");
        (await browser.GetStringAsync("/claim/collect")).ShouldContain("已经申领");
    }

    [Fact]
    public async Task Without_number_and_code_there_is_nothing_to_collect()
    {
        using var browser = app.Browser(followRedirects: false);
        (await browser.GetAsync("/claim/collect")).Headers.Location!.ToString().ShouldBe("/claim");
        (await browser.GetAsync("/claim/done")).Headers.Location!.ToString().ShouldBe("/claim");
    }

    [Fact]
    public async Task Every_state_has_its_page_in_both_languages()
    {
        var people = new[] { await app.As(Role.RewardOfficer), await app.As(Role.CommitteeMember) };
        foreach (var state in new[] { RewardState.Pending, RewardState.Eligible, RewardState.Proposed, RewardState.Voting, RewardState.Approved, RewardState.ClaimOpen, RewardState.Claimed })
        {
            var staged = await app.StageAsync(new Staging { Until = state });
            foreach (var person in people)
            {
                (await GetAsync(person, $"/staff/rewards/{staged.Number}", "en")).ShouldNotContain("原话");
                (await GetAsync(person, $"/staff/rewards/{staged.Number}", "zh-CN")).ShouldContain("液化气瓶");
            }
        }
    }

    [Fact]
    public async Task The_lists_the_fund_and_the_payment_have_their_pages()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var (officer, cashier, dispatcher) = (await app.As(Role.RewardOfficer), await app.As(Role.Cashier), await app.As(Role.Dispatcher));
        foreach (var tab in Enum.GetValues<RewardTab>())
            await GetAsync(officer, $"/staff/rewards?tab={tab}");
        (await GetAsync(cashier, "/staff/rewards")).ShouldContain($"/staff/rewards/{staged.Number}/pay");
        (await GetAsync(cashier, $"/staff/rewards/{staged.Number}/pay")).ShouldContain(RewardStage.Payee.Account!);
        (await GetAsync(dispatcher, "/staff/rewards")).ShouldContain("安排资金");
        (await GetAsync(officer, "/staff/rewards/fund")).ShouldNotContain("安排资金");
        (await GetAsync(cashier, "/staff/rewards/fund?handler=Export&year=2026")).ShouldStartWith("number,amount,date");
    }

    private async Task<string> TryAsync(string number, string code)
    {
        using var browser = app.Browser();
        var answer = await PostAsync(browser, "/claim", ("Number", number), ("Code", code));
        return Regex.Replace(answer.Text, "name=\"form-token\"[^>]*", "").Replace(number, "", StringComparison.Ordinal).Replace(code, "", StringComparison.Ordinal);
    }

    private static async Task<(string Path, string Text)> PostAsync(HttpClient browser, string path, params (string Key, string Value)[] fields)
    {
        var page = await browser.GetStringAsync(path);
        var token = Regex.Match(page, "name=\"form-token\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Key, f.Value)), new("form-token", token)]);
        using var answer = await browser.PostAsync(path, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.RequestMessage!.RequestUri!.Query.ShouldBeEmpty();
        return (answer.RequestMessage.RequestUri.AbsolutePath, await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> GetAsync(StaffHands person, string path, string language = "zh-CN")
    {
        using var browser = app.CreateClient(new() { BaseAddress = new Uri("https://localhost"), HandleCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"__Host-staff={person.Pass.ToCookie()}; lang={language}");
        using var answer = await browser.SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.Redirect)
            return await GetAsync(person, answer.Headers.Location!.ToString(), language);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadAsStringAsync();
    }
}

public sealed class RewardPagesUseCaseOnSqliteTests(SqliteApplication app) : RewardPagesUseCaseTests(app), IClassFixture<SqliteApplication>;

public sealed class RewardPagesUseCaseOnPostgresTests(PostgresApplication app) : RewardPagesUseCaseTests(app), IClassFixture<PostgresApplication>;
