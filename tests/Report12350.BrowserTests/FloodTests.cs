using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Tests.Hosting;
using Report12350.Web.Security;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>A site where a hundred forms are a flood, on a port of its own.</summary>
public sealed class FloodedSite : SqliteApplication
{
    protected override bool OnAPort => true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Flood:Burst", "5");
    }
}

/// <summary>A browser under flood: with script it does the sum, without it the form waits its turn; both are taken, and no page comes between.</summary>
public sealed class FloodTests(FloodedSite app, Chromium chromium) : IClassFixture<FloodedSite>, IClassFixture<Chromium>
{
    [Theory(Timeout = 600_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_receipt_opens_the_report_under_flood(bool script)
    {
        var filed = await app.FileAsync();
        for (var i = 0; i < 100; i++)
            app.Services.GetRequiredService<FloodGauge>().Note(System.Net.IPAddress.Loopback);
        await using var visitor = await chromium.VisitAsync(app.Site, script: script, width: 360, height: 800);

        await visitor.GoAsync("/track");
        await visitor.FillAsync("Receipt", filed.Receipt);
        await visitor.Page.Locator("main form button.primary").ClickAsync();

        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/track/report$"), new() { Timeout = 60_000 });
        visitor.Requests.Count(url => url.EndsWith("/altcha", StringComparison.Ordinal)).ShouldBe(script ? 1 : 0);
    }
}
