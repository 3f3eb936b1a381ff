using System.Net;
using System.Text.RegularExpressions;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tracking;

namespace Report12350.Tests.Console;

/// <summary>The officers' pages, as a browser sees them.</summary>
public sealed partial class CasePageTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exactly_the_acts_open_to_this_person_stand_on_the_page_as_forms()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var dispatcher = await hands.Dispatcher;
        await ShouldShowAsync(dispatcher, filed);
        await hands.ReferredAsync();
        foreach (var person in new[] { dispatcher, await hands.Officer, await hands.Lead, await app.As(Role.Officer, "scjgj") })
            await ShouldShowAsync(person, filed);
    }

    [Fact]
    public async Task Every_form_draws_in_every_state_it_is_open()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.RectifyingAsync();
        await ShouldShowAsync(await hands.Officer, filed);
        await ShouldShowAsync(await hands.Lead, filed);
        var (second, others) = await app.NewCaseAsync();
        await others.InCloseOutReviewAsync();
        await ShouldShowAsync(await others.Reviewer, second);
        var (third, inconclusive) = await app.NewCaseAsync();
        await inconclusive.ConcludedAsync(Finding.Inconclusive);
        await ShouldShowAsync(await inconclusive.Dispatcher, third);
        var (fourth, verifying) = await app.NewCaseAsync();
        await verifying.VerifyingAsync();
        await ShouldShowAsync(await verifying.Officer, fourth);
        await ShouldShowAsync(await verifying.Lead, fourth);
        await ShouldShowAsync(await verifying.Dispatcher, fourth);
    }

    [Fact]
    public async Task A_form_sent_does_the_act_and_the_page_says_so()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var browser = app.BrowserOf(await hands.Dispatcher);
        var answer = await SendAsync(browser, filed, "Accept");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Accepted);
        (await browser.ReadAsync(PageOf(filed))).ShouldContain("class=\"notice done\"");
    }

    [Fact]
    public async Task The_rules_referral_is_one_press_and_another_one_asks_for_a_reason()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var browser = app.BrowserOf(await hands.Dispatcher);
        var page = await browser.ReadAsync(PageOf(filed));
        page.ShouldContain("规则 gas");

        var refused = await SendAsync(browser, filed, "Refer", ("Form.Refer.Lead", "cgzfj"), ("Form.Refer.Assist", "zjj"));
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await refused.TextAsync();
        again.ShouldContain("不按规则转办，请写明理由。");
        again.ShouldContain("<option selected=\"selected\" value=\"cgzfj\">");
    }

    [Fact]
    public async Task What_is_not_this_persons_to_do_is_forbidden()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        (await SendAsync(app.BrowserOf(await hands.Officer), filed, "Designate", ("Form.Designate.Lead", "jyj"), ("Form.Designate.Reason", "x")))
            .StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(app.BrowserOf(await hands.Officer), filed, "Nothing")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var stranger = app.BrowserOf(await app.As(Role.Officer, "jyj"));
        (await stranger.GetAsync(PageOf(filed), Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Browser(followRedirects: false).GetAsync(PageOf(filed), Token)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task What_the_reporter_wrote_is_shown_as_text_and_who_they_are_is_not()
    {
        var (filed, hands) = await app.NewCaseAsync(c =>
        {
            c.Answers.Narrative = "<script>alert(1)</script>气瓶";
            c.Answers.Anonymity = Anonymity.Named;
            c.Answers.JointSigners = "联名人甲乙丙";
            c.Identity.Name = "陈举报";
            c.Identity.Phone = "13800001111";
        });
        var page = await app.BrowserOf(await hands.Dispatcher).ReadAsync(PageOf(filed));

        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldNotContain("<script>alert");
        page.ShouldNotContain("陈举报");
        page.ShouldNotContain("13800001111");
        page.ShouldNotContain("联名人甲乙丙");
    }

    [Fact]
    public async Task A_stale_page_says_who_was_quicker_and_keeps_what_was_typed()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var officer = await hands.Officer;
        var browser = app.BrowserOf(officer);
        var old = await hands.Version;
        await officer.Send(filed.Id, o => new AddNote(o, old, "另一页写的"));

        var answer = await SendAsync(browser, filed, "AddNote", ("Form.AddNote.Text", "我写了很久的备注"), ("Version", $"{old}"));
        var page = await answer.TextAsync();
        page.ShouldContain("您填写的时候，这件事有了变化");
        page.ShouldContain("我写了很久的备注");
        page.ShouldContain($"name=\"Version\" value=\"{old + 1}\"");
        (await app.ReportAsync(filed.Id)).Version.ShouldBe(old + 1);
    }

    [Fact]
    public async Task What_cannot_be_sent_any_more_is_still_there_to_copy()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ReferredAsync();
        var browser = app.BrowserOf(await hands.Officer);
        var old = await hands.Version;
        await (await hands.Reviewer).Send(new Report12350.Routing.SignInReport(filed.Id, old));

        var page = await (await SendAsync(browser, filed, "Contest", ("Form.Contest.Reason", "不属于我局"), ("Version", $"{old}"))).TextAsync();
        page.ShouldContain("没有提交：");
        page.ShouldContain("不属于我局");
        page.ShouldNotContain("id=\"Form_Contest\"");
    }

    [Fact]
    public async Task A_missing_field_is_named_at_the_field_and_the_rest_is_kept()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var browser = app.BrowserOf(await hands.Dispatcher);
        var page = await (await SendAsync(browser, filed, "Decline", ("Form.Decline.Explanation", "请到信访局"))).TextAsync();

        page.ShouldContain("id=\"Form_Decline_Reason-error\"");
        page.ShouldContain("请到信访局");
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.Received);
    }

    [Fact]
    public async Task Evidence_is_saved_never_shown_and_a_picture_is_drawn_anew()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var officer = await hands.Officer;
        var version = await hands.Version;
        await officer.Send(filed.Id, o => new AddStaffEvidence(o, version, Domain.Evidence.EvidencePurpose.Verification, [CaseHands.Photo("<b>.png")]));
        var file = (await officer.Send(new ReadCase(filed.Number))).Files[0];
        var browser = app.BrowserOf(officer);

        var saved = await browser.GetAsync($"/files/{file.Id}", Token);
        saved.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        saved.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        saved.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        saved.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("<b>.jpg");
        (await saved.Content.ReadAsByteArrayAsync(Token))[..3].ShouldBe([0xFF, 0xD8, 0xFF]);
        var picture = await browser.GetByteArrayAsync($"/files/{file.Id}/picture", Token);
        picture[..3].ShouldBe([0xFF, 0xD8, 0xFF]);
        (await app.BrowserOf(await app.As(Role.Officer, "jyj")).GetAsync($"/files/{file.Id}", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Photographs_sent_with_the_form_are_sealed_and_close_the_report_out()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        var browser = app.BrowserOf(await hands.Reviewer);
        var page = await browser.ReadAsync(PageOf(filed));
        using var photo = new ByteArrayContent(CaseHands.Photograph);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Pages.TokenIn(page)), "form-token" },
            { new StringContent($"{await hands.Version}"), "Version" },
            { new StringContent("已到现场看过。"), "Form.PassCloseOut.Review" },
            { photo, "Form.PassCloseOut.Photographs", "现场.png" },
        };

        (await browser.PostAsync($"{PageOf(filed)}?handler=PassCloseOut", form, Token)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.ClosedOut);
    }

    [Fact]
    public async Task The_record_prints_what_was_written()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ConcludedAsync();
        var page = await app.BrowserOf(await hands.Officer).ReadAsync($"{PageOf(filed)}/record");

        page.ShouldContain("楼梯间有两只气瓶。");
        page.ShouldContain(app.Profile.Criteria.Criteria[0].Title);
        page.ShouldContain("class=\"sheet\"");
    }

    [Fact]
    public async Task The_worklist_leads_to_the_report_in_both_languages()
    {
        var (filed, hands) = await app.NewCaseAsync();
        var browser = app.BrowserOf(await hands.Dispatcher);
        (await browser.ReadAsync("/staff?shelf=all&number=" + filed.Number)).ShouldContain($"/staff/reports/{filed.Number}");
        (await browser.ReadAsync("/staff?shelf=mine&kind=Violation&town=taohe")).ShouldContain("没有符合条件的件");
        (await app.BrowserOf(await app.As(Role.Cashier, "czj")).ReadAsync("/staff")).ShouldContain("您的工作不在举报件上");
    }

    [Fact]
    public async Task The_profile_is_read_by_those_who_keep_it()
    {
        (await app.BrowserOf(await app.As(Role.Dispatcher)).ReadAsync("/staff/profile")).ShouldContain("concealed-accident");
        (await app.BrowserOf(await app.As(Role.Officer, "zjj")).GetAsync("/staff/profile", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string PageOf(Filed filed) => $"/staff/reports/{filed.Number}";

    private async Task ShouldShowAsync(StaffHands person, Filed filed)
    {
        var page = await app.BrowserOf(person).ReadAsync(PageOf(filed));
        var shown = Handler().Matches(page).Select(m => m.Groups["act"].Value);
        var open = (await person.Send(new ReadCase(filed.Number))).Tasks.Select(t => t.Action.ToString());
        shown.ShouldBe(open, ignoreOrder: true);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient browser, Filed filed, string handler, params (string Name, string Value)[] fields)
    {
        var version = ("Version", $"{await app.VersionAsync(filed.Id)}");
        IEnumerable<(string, string)> all = fields.Any(f => f.Name == "Version") ? fields : fields.Append(version);
        return await browser.SendFormAsync(PageOf(filed), all, $"{PageOf(filed)}?handler={handler}");
    }

    [GeneratedRegex("handler=(?<act>[A-Za-z]+)\"")]
    private static partial Regex Handler();
}
