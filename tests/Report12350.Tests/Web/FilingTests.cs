using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

public abstract class FilingTests(ReportApplication app)
{
    [Fact]
    public async Task A_visitor_files_without_scripts_and_is_given_number_and_receipt()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/check");
        browser.Text.ShouldContain("人民路某超市二楼");
        browser.Text.ShouldContain("厨房用的煤气瓶放在楼梯间");
        await browser.FileAsync();

        FilingWalk.ReceiptOf(browser).Length.ShouldBe(25);
        browser.Page.QuerySelector("svg.qr").ShouldNotBeNull();
        var number = FilingWalk.NumberOf(browser);
        var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
        report.State.ShouldBe(ReportState.Received);
        report.Channel.ShouldBe(Channel.Web);
        report.Town.ShouldBe("gongping");
    }

    [Fact]
    public async Task The_receipt_stays_until_it_is_said_to_be_saved_and_is_then_gone_for_good()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/check");
        await browser.FileAsync();
        var receipt = FilingWalk.ReceiptOf(browser);
        await browser.SendAsync();
        browser.ErrorOf("Saved").ShouldNotBeNull();
        await browser.OpenAsync("/report/who");
        browser.Path.ShouldBe("/report/done");
        FilingWalk.ReceiptOf(browser).ShouldBe(receipt);
        browser.Path.ShouldNotContain(receipt);

        var pass = browser.DraftCookie!;
        await browser.SendAsync(("Saved", "true"));
        browser.Path.ShouldBe("/report/goodbye");
        browser.DraftCookie.ShouldBeNullOrEmpty();
        browser.DraftCookie = pass;
        await browser.OpenAsync("/report/done");
        browser.Path.ShouldBe("/report/expired");
        browser.Html.ShouldNotContain(receipt[..5]);
    }

    [Fact]
    public async Task Sent_twice_at_once_one_report_is_filed_and_both_see_the_same_number()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/check");
        var before = await app.Read(db => db.Reports.CountAsync());
        var answers = await Task.WhenAll(browser.PostAsync(("TruthPledged", "true")), browser.PostAsync(("TruthPledged", "true")));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect && a.Headers.Location!.OriginalString == "/report/done");
        (await app.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
        var first = FilingWalk.NumberOf(await browser.OpenAsync("/report/done"));
        FilingWalk.NumberOf(await browser.OpenAsync("/report/done")).ShouldBe(first);
    }

    [Fact]
    public async Task A_reward_is_asked_for_with_a_claim_code_that_is_kept_nowhere()
    {
        const string Code = "菠萝 7788 雨伞";
        var browser = await FilingWalk.StartAsync(app, "/report/reward");
        await browser.SendAsync(("RewardWanted", "True"), ("ClaimCode", Code), ("ClaimCodeAgain", "菠萝7788雨伞"), ("NotExcluded", "true"));
        browser.Path.ShouldBe("/report/check");
        browser.Html.ShouldNotContain("菠萝");
        await browser.OpenAsync("/report/reward?from=check");
        browser.Html.ShouldNotContain("菠萝");
        await browser.SendAsync(("RewardWanted", "True"), ("ClaimCode", ""), ("NotExcluded", "true"));
        browser.Path.ShouldBe("/report/check");
        await browser.FileAsync();
        var number = FilingWalk.NumberOf(browser);
        (await app.Read(db => db.RewardClaims.AsNoTracking().SingleAsync(c => c.Number == number))).ClaimCodeHash.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_draft_that_ran_out_loses_nothing_of_the_page_just_written()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        await app.Send(new DiscardDraft(DraftPass.Parse(browser.DraftCookie)!));
        await browser.SendAsync(("Narrative", "冲床没有护罩,昨天伤了一个人"));
        browser.Path.ShouldBe("/report/expired");
        browser.Text.ShouldContain("24 小时");
        browser.Text.ShouldContain("冲床没有护罩,昨天伤了一个人");

        await browser.OpenAsync("/report");
        await browser.SendAsync();
        await browser.WalkToAsync("/report/what");
        browser.ValueOf("Narrative")!.Trim().ShouldBe("冲床没有护罩,昨天伤了一个人");
    }

    [Fact]
    public async Task Without_a_draft_the_way_to_start_again_is_shown()
    {
        using var browser = new FilingBrowser(app);
        foreach (var page in ReportAnswersRules.Pages.Skip(1).Append("criteria").Append("done"))
        {
            await browser.OpenAsync($"/report/{page}");
            browser.Path.ShouldBe("/report/expired", page);
        }
    }

    [Fact]
    public async Task A_page_before_its_turn_leads_to_the_one_whose_turn_it_is()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/where");
        foreach (var page in new[] { "unit", "what", "criteria", "when", "evidence", "who", "reward", "check" })
        {
            await browser.OpenAsync($"/report/{page}");
            browser.Path.ShouldBe("/report/where", page);
        }

        await browser.OpenAsync("/report/kind");
        browser.Path.ShouldBe("/report/kind");
        browser.ValueOf("Kind").ShouldBe("GeneralHazard");
    }

    [Fact]
    public async Task A_change_from_the_check_leads_back_to_it_by_way_of_what_it_leaves_open()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/check");
        await browser.OpenAsync("/report/unit?from=check");
        await browser.SendAsync(("Unit", "另一家餐馆"));
        browser.Path.ShouldBe("/report/check");
        browser.Text.ShouldContain("另一家餐馆");

        await browser.OpenAsync("/report/kind?from=check");
        await browser.SendAsync(("Kind", "ConcealedAccident"));
        browser.Path.ShouldBe("/report/when?from=check");
        await browser.SendAsync(("When", "上周"), ("StillGoingOn", "False"), ("Urgent", "False"), ("Deaths", "2"), ("DeathsWhen", "夜里"));
        browser.Path.ShouldBe("/report/check");
    }

    [Fact]
    public async Task Whoever_asks_about_a_unit_gets_the_same_page_whether_it_was_reported_or_not()
    {
        const string Reported = "无人知晓电镀厂";
        await app.FileAsync(content => content.Answers.Unit = Reported);
        List<string> pages = [];
        foreach (var unit in new[] { Reported, "从未有人说过的厂" })
        {
            var browser = await FilingWalk.StartAsync(app, "/report/unit");
            await browser.SendAsync(("Unit", unit));
            browser.Path.ShouldBe("/report/before");
            pages.Add(browser.Page.QuerySelector("main")!.InnerHtml.Replace(browser.Page.QuerySelector("main [name=form-token]")!.GetAttribute("value")!, "", StringComparison.Ordinal));
        }

        pages[0].ShouldBe(pages[1]);
    }

    [Theory, InlineData("first", "/report/what"), InlineData("lost", "/report/what"), InlineData("receipt", "/track")]
    public async Task Whoever_reported_before_and_has_the_receipt_is_led_to_that_report(string said, string next)
    {
        var browser = await FilingWalk.StartAsync(app, "/report/before");
        await browser.SendAsync();
        browser.Path.ShouldBe("/report/before");
        browser.Page.QuerySelector(".error-summary").ShouldNotBeNull();
        await browser.SendAsync(("Before", said));
        browser.Path.ShouldBe(next);
        await browser.OpenAsync("/report/before");
        browser.Page.QuerySelector("[name=Before][checked]")!.GetAttribute("value").ShouldBe(said == "first" ? "first" : "lost");
    }

    [Fact]
    public async Task Stopping_deletes_the_draft()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/where");
        var pass = DraftPass.Parse(browser.DraftCookie)!;
        await browser.OpenAsync("/report/discard");
        await browser.SendAsync();
        browser.Path.ShouldBe("/");
        browser.DraftCookie.ShouldBeNullOrEmpty();
        (await app.Read(db => db.Drafts.AnyAsync(d => d.Id == pass.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_form_speaks_English()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/check", "en");
        browser.Text.ShouldContain("Check your answers");
        browser.Text.ShouldContain("Step 11 of 11");
        await browser.FileAsync();
        browser.Text.ShouldContain("Your report has arrived");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/kind");
        var answer = await browser.Client.PostAsync("/report/kind", new FormUrlEncodedContent([new("Kind", "Violation")]), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}

public sealed class FilingOnSqliteTests(SqliteApplication app) : FilingTests(app), IClassFixture<SqliteApplication>;

public sealed class FilingOnPostgresTests(PostgresApplication app) : FilingTests(app), IClassFixture<PostgresApplication>;
