using System.Net;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Web;

/// <summary>What is sent that no page asks for: too long, too large, mistyped, too late.</summary>
public sealed class BadInputTests(LoggedApplication app) : IClassFixture<LoggedApplication>
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> LongLines() => new()
    {
        { "where", "Town=gongping", "Place" },
        { "unit", "", "Unit" },
        { "what", "Narrative=没有护罩", "Witnesses" },
        { "what", "Narrative=没有护罩", "ReportedElsewhere" },
        { "when", "StillGoingOn=True&Urgent=False", "When" },
        { "who", "Anonymity=Named&Phone=13800001234", "Name" },
        { "who", "Anonymity=Anonymous", "JointSigners" },
    };

    [Theory, MemberData(nameof(LongLines))]
    public async Task A_line_that_is_too_long_is_told_beside_its_field_and_kept_whole(string page, string others, string field)
    {
        var browser = await FilingWalk.StartAsync(app, $"/report/{page}");
        var typed = new string('长', 201);
        var rest = others.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=')).Select(a => (a[0], a[1]));
        await browser.SendAsync([.. rest, (field, typed)]);

        browser.Path.ShouldBe($"/report/{page}");
        browser.ErrorOf(field).ShouldNotBeNull().ShouldContain("200");
        browser.ValueOf(field)!.Trim().ShouldBe(typed);
    }

    [Theory, InlineData("/report/what", "Narrative"), InlineData("/track", "Receipt"), InlineData("/claim", "Code")]
    public async Task Megabytes_in_a_field_are_refused_in_plain_words(string page, string field)
    {
        var browser = page.StartsWith("/report", StringComparison.Ordinal) ? await FilingWalk.StartAsync(app, page) : await new FilingBrowser(app).OpenAsync(page);
        var answer = await browser.PostAsync((field, new string('a', 5 * Megabyte)));

        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.TextAsync()).ShouldContain("<h1");
    }

    [Fact]
    public async Task Thousands_of_fields_are_refused_in_plain_words()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        var answer = await browser.PostAsync([.. Enumerable.Range(0, 5000).Select(n => ($"SectorAnswers[{n}]", "x"))]);

        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.TextAsync()).ShouldContain("<h1");
    }

    [Fact]
    public async Task A_receipt_with_a_wrong_check_digit_is_told_without_looking_it_up()
    {
        var known = (await app.FileAsync()).Receipt;
        var mistyped = known[..24] + ((known[24] - '0' + 1) % 10);
        var before = Lookups();

        (await (await app.Browser().SendFormAsync("/track", [("Receipt", mistyped)])).TextAsync()).ShouldContain("有一位写错了");
        Lookups().ShouldBe(before);

        await app.Browser().SendFormAsync("/track", [("Receipt", Receipt.Generate().Digits)]);
        Lookups().ShouldBeGreaterThan(before);
    }

    [Theory, InlineData("99999999999"), InlineData("1"), InlineData("abc"), InlineData("20260302001' or '1'='1")]
    public async Task A_number_nobody_gave_is_not_found(string number)
    {
        var officer = app.BrowserOf(await app.As(Role.Dispatcher));
        (await officer.GetAsync($"/staff/reports/{Uri.EscapeDataString(number)}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A form with an address written out gets no token unless it asks for one, and would then be refused.</summary>
    [Theory, InlineData("/track"), InlineData("/claim"), InlineData("/report"), InlineData("/report/discard"), InlineData("/staff/sign-in"), InlineData("/staff/join")]
    public async Task Every_form_carries_its_own_token(string page)
    {
        using var browser = await new FilingBrowser(app).OpenAsync(page);
        var forms = browser.Page.QuerySelectorAll("main form[method=post]");
        forms.ShouldNotBeEmpty();
        forms.ShouldAllBe(form => form.QuerySelector("input[name=form-token]") != null, page);
    }

    [Fact]
    public async Task Text_with_signs_no_keyboard_has_is_refused_or_kept_and_never_breaks_the_page()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        await browser.SendAsync(("Narrative", "没有\0护罩\u001b\ufffe\ud83d\ude00100%0"), ("Witnesses", new string('长', 201)));
        browser.Path.ShouldBe("/report/what", "the other field is too long");
        browser.ValueOf("Narrative")!.Trim().ShouldBe("没有护罩\u001b\ufffe😀100%0", "all of it but the sign that is none");
        await browser.OpenAsync("/report/what");
        await browser.SendAsync(("Narrative", "没有护罩😀"));
        await browser.FileAsync();
    }

    private int Lookups() => app.Log.Lines.Count(line => line.Contains("Executed DbCommand", StringComparison.Ordinal) && line.Contains("LookupId", StringComparison.Ordinal));
}
