using Microsoft.Playwright;
using Report12350.Demo;
using Report12350.Evidence;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>The list of files once they were looked through: what was taken out is said, and the reporter decides on what could not be.</summary>
public sealed class DecidingPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    [Theory(Timeout = 300_000)]
    [InlineData("zh-CN", true)]
    [InlineData("en", true)]
    [InlineData("zh-CN", false)]
    public async Task The_reporter_decides_at_a_phone(string language, bool script)
    {
        var pass = await app.AnsweredDraftAsync();
        await using (var photo = typeof(DemoSite).Assembly.GetManifestResourceStream("demo/photo-1.jpg")!)
            await app.Send(new AttachEvidence(pass, "现场.jpg", photo));
        await app.Send(new AttachEvidence(pass, "坏的.jpg", new MemoryStream([0xFF, 0xD8, 0xFF, 0, 1, 2, 3])));
        await using var visitor = await chromium.VisitAsync(app.Site, script: script, width: 360, height: 740, language: language);
        await visitor.Page.Context.AddCookiesAsync(
        [
            new Cookie { Name = "__Host-draft", Value = pass.ToCookie(), Domain = app.Site.Host, Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Strict },
            new Cookie { Name = "lang", Value = language == "en" ? "en" : "zh", Url = app.Site.ToString() },
        ]);
        var suffix = $"{(language == "en" ? "-en" : "")}{(script ? "" : "-noscript")}";
        await visitor.GoAsync("/report/evidence");
        await LookAsync(visitor, "deciding" + suffix, script);
        await visitor.Page.Locator("form[action$='as-sent'] > button").First.ClickAsync();
        await LookAsync(visitor, "decided" + suffix, script);

        new Uri(visitor.Page.Url).AbsolutePath.ShouldBe("/report/evidence");
        (await visitor.Page.Locator("form[action$='as-sent'] input[name=shown][value=false]").CountAsync()).ShouldBe(1);
        visitor.Findings.ShouldBeEmpty();
    }

    private static Task LookAsync(Visitor visitor, string name, bool script) => script ? visitor.LookAsync(name) : visitor.PictureAsync(name);
}
