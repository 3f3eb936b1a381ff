using System.Net;
using Report12350.Confidentiality;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Tracking;

public abstract class ReceiptSignInTests(ReportApplication app)
{
    [Fact]
    public async Task The_receipt_opens_the_report_and_leaves_no_trace_in_the_address()
    {
        var filed = await app.FileAsync();
        var browser = app.Browser(followRedirects: false);

        var answer = await browser.SendFormAsync("/track", [("Receipt", Spaced(filed.Receipt))]);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/track/report");
        answer.CookieIn("__Host-track").ShouldNotBeNull();
        answer.ToString().ShouldNotContain(filed.Receipt);
        var page = await browser.ReadAsync("/track/report");
        page.ShouldContain(Report12350.Web.Texts.Fives(filed.Number));
        page.ShouldContain("已收到您的举报。我们会在 3月");
        page.ShouldNotContain(filed.Receipt);
        page.ShouldNotContain(Spaced(filed.Receipt));
    }

    [Theory]
    [InlineData("", "请输入 25 位查询码")]
    [InlineData("12345", "查询码是 25 位数字")]
    [InlineData("1234512345123451234512346", "有一位写错了")]
    public async Task What_cannot_be_a_receipt_is_told_beside_the_field_and_kept_as_typed(string typed, string words)
    {
        Receipt.Check(typed).ShouldNotBe(ReceiptProblem.None);
        var page = await (await app.Browser().SendFormAsync("/track", [("Receipt", typed)])).TextAsync();

        page.ShouldContain(words);
        page.ShouldContain($"value=\"{typed}\"");
    }

    [Fact]
    public async Task A_receipt_nobody_was_given_opens_nothing()
    {
        var browser = app.Browser();

        var answer = await browser.SendFormAsync("/track", [("Receipt", Receipt.Generate().Digits)]);

        answer.CookieIn("__Host-track").ShouldBeNull();
        (await answer.TextAsync()).ShouldContain("没有找到这个查询码的举报");
    }

    [Fact]
    public async Task An_unknown_receipt_and_one_of_a_report_misread_get_the_same_page()
    {
        var filed = await app.FileAsync();
        var misread = Misread(filed.Receipt);

        var unknown = await (await app.Browser().SendFormAsync("/track", [("Receipt", Receipt.Generate().Digits)])).TextAsync();
        var wrong = await (await app.Browser().SendFormAsync("/track", [("Receipt", misread)])).TextAsync();

        Anonymous(wrong).ShouldBe(Anonymous(unknown));
    }

    [Fact]
    public async Task The_pass_ends_after_thirty_idle_minutes_and_says_so_kindly()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());
        app.Time.Advance(TimeSpan.FromMinutes(29));
        await browser.ReadAsync("/track/report");
        app.Time.Advance(TimeSpan.FromMinutes(29));
        await browser.ReadAsync("/track/report");

        app.Time.Advance(TimeSpan.FromMinutes(31));
        using var live = new HttpRequestMessage(HttpMethod.Get, "/track/report");
        live.Headers.Add("X-Live", "1");
        (await browser.SendAsync(live, TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/track", "nobody reads what a page asks by itself");
        var answer = await browser.GetAsync("/track/report", TestContext.Current.CancellationToken);

        answer.Headers.Location!.ToString().ShouldBe("/track");
        (await browser.ReadAsync("/track")).ShouldContain("30 分钟没有操作会自动退出");
        (await browser.ReadAsync("/track")).ShouldNotContain("30 分钟没有操作会自动退出");
    }

    [Theory]
    [InlineData("/track/report?handler=Message", "/track/report?handler=Kept")]
    [InlineData("/track/object", "/track/object?handler=Kept")]
    public async Task What_was_typed_after_the_pass_ran_out_is_there_again_behind_the_receipt(string to, string kept)
    {
        const string Words = "昨晚又来了一车气瓶。";
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        var token = Pages.TokenIn(await browser.ReadAsync("/track/report"));
        app.Time.Advance(TimeSpan.FromMinutes(31));

        var sent = await PostAsync(browser, to, ("form-token", token), ("Text", Words));
        sent.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        sent.Headers.Location!.ToString().ShouldStartWith("/track?");
        sent.ToString().ShouldNotContain(Words);
        var asked = await (await PostAsync(browser, sent.Headers.Location.ToString(), ("form-token", token), ("Text", Words))).TextAsync();
        asked.ShouldContain("您刚才写的内容还在");
        asked.ShouldNotContain(Words);
        var unsent = System.Text.RegularExpressions.Regex.Match(asked, "name=\"Unsent\" value=\"([^\"]+)\"").Groups[1].Value;

        // A wrong receipt keeps it, another report's receipt does not show it.
        (await (await PostAsync(browser, "/track", ("form-token", token), ("Unsent", unsent), ("Receipt", "123"))).TextAsync()).ShouldContain(unsent);
        var other = await app.FileAsync();
        (await PostAsync(browser, "/track", ("form-token", token), ("Unsent", unsent), ("Receipt", other.Receipt))).Headers.Location!.ToString().ShouldBe("/track/report");

        var signedIn = await PostAsync(browser, "/track", ("form-token", token), ("Unsent", unsent), ("Receipt", filed.Receipt));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        signedIn.Headers.Location!.ToString().ShouldBe(kept);
        var again = await (await PostAsync(browser, kept, ("form-token", token), ("Unsent", unsent), ("Receipt", filed.Receipt))).TextAsync();
        again.ShouldContain(Words);
        again.ShouldContain("还没有发出");
        again.ShouldNotContain(filed.Receipt);
    }

    [Fact]
    public async Task A_page_that_reads_itself_again_does_not_keep_the_pass_alive()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());
        using var live = new HttpRequestMessage(HttpMethod.Get, "/track/report");
        live.Headers.Add("X-Live", "1");

        (await browser.SendAsync(live, TestContext.Current.CancellationToken)).CookieIn("__Host-track").ShouldBeNull();
    }

    [Fact]
    public async Task A_tampered_pass_leads_back_to_the_receipt()
    {
        var browser = app.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false, HandleCookies = false });
        browser.DefaultRequestHeaders.Add("Cookie", "__Host-track=AAAABBBBCCCC");

        var answer = await browser.GetAsync("/track/report", TestContext.Current.CancellationToken);

        answer.Headers.Location!.ToString().ShouldBe("/track");
    }

    [Fact]
    public async Task Leaving_takes_the_pass_away()
    {
        var browser = await app.ReporterAsync(await app.FileAsync());

        await browser.SendFormAsync("/track/report", [], "/track?handler=Leave");

        (await browser.GetAsync("/track/report", TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/track");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string to, params (string Name, string Value)[] fields) =>
        browser.PostAsync(to, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), TestContext.Current.CancellationToken);

    private static string Spaced(string digits) => string.Join(' ', digits.Chunk(5).Select(five => new string(five)));

    /// <summary>Two digits misread so that the check digit happens to fit.</summary>
    private static string Misread(string receipt) =>
        (from a in Enumerable.Range(0, 10)
         from b in Enumerable.Range(0, 10)
         let other = $"{a}{b}{receipt[2..]}"
         where other != receipt && Receipt.Check(other) is ReceiptProblem.None
         select other).First();

    private static string Anonymous(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, "value=\"[^\"]*\"", "");
}

public sealed class ReceiptSignInOnSqliteTests(SqliteApplication app) : ReceiptSignInTests(app), IClassFixture<SqliteApplication>;

public sealed class ReceiptSignInOnPostgresTests(PostgresApplication app) : ReceiptSignInTests(app), IClassFixture<PostgresApplication>;
