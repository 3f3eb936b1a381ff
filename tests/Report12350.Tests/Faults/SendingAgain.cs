using System.Net;
using AngleSharp.Dom;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Faults;

/// <summary>A visitor whose page was not saved: reads the answer, and presses the one button on it.</summary>
internal static class SendingAgain
{
    public static (string Title, string Read) WordsFor(string language) => language == "en"
        ? ("This was not saved. Please send it again", "This cannot be opened just now")
        : ("没有保存成功，请再发送一次", "现在打不开，请稍后再试");

    /// <summary>The answer is 503 in words, and what was typed is still on it.</summary>
    public static void ShouldBeToldToSendAgain(this FilingBrowser browser, string language = "zh-CN", params string[] typed)
    {
        browser.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, browser.Text);
        browser.Page.QuerySelector("h1")!.TextContent.ShouldBe(WordsFor(language).Title);
        foreach (var text in typed)
            browser.Page.QuerySelectorAll("main form input[type=hidden]").Select(i => i.GetAttribute("value")).ShouldContain(text);
    }

    public static Task<FilingBrowser> SendAgainAsync(this FilingBrowser browser)
    {
        browser.Page.QuerySelector("main form button")!.TextContent.ShouldBeOneOf("再发送一次", "Send it again");
        return browser.SendAsync(Hidden(browser.Page));
    }

    public static async Task ShouldNotOpenAsync(this FilingBrowser browser, string path, string language = "zh-CN")
    {
        await browser.OpenAsync(path);
        browser.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        browser.Page.QuerySelector("h1")!.TextContent.ShouldBe(WordsFor(language).Read);
    }

    public static Task<int> ReportCountAsync(this ReportApplication app) => app.Read(db => Task.FromResult(db.Reports.Count()));

    private static (string, string)[] Hidden(IDocument page) =>
        [.. page.QuerySelectorAll("main form input[type=hidden]").Where(i => i.GetAttribute("name") != "form-token").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))];
}
