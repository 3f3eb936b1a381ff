using Microsoft.Playwright;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>The page that checks a filing proof, once it is open and the network is gone.</summary>
public sealed class VerifyProofTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    [Fact(Timeout = 300_000)]
    public async Task Without_a_network_it_tells_genuine_from_altered()
    {
        var filed = await app.FileAsync();
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 800);
        var page = visitor.Page;
        await visitor.GoAsync("/track");
        await visitor.FillAsync("Receipt", filed.Receipt);
        await visitor.ContinueAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href*=\"handler=Proof\"]").ClickAsync());
        download.SuggestedFilename.ShouldBe("filing-proof.txt");
        var file = await download.PathAsync();
        var proof = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        await visitor.GoAsync("/verify-proof");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.Context.SetOfflineAsync(true);
        var asked = visitor.Requests.Count;
        var finding = page.Locator("#proof-finding");
        await page.Locator("#proof-file").SetInputFilesAsync(file);
        await Expect(page.Locator("[name=Proof]")).ToHaveValueAsync(proof);
        await visitor.ContinueAsync();
        await Expect(finding).ToContainTextAsync("是真的：由本站签名");
        await Expect(finding).ToContainTextAsync(filed.Number);
        await Expect(finding).ToContainTextAsync("2026-03-02 09:00:00");
        await visitor.LookAsync("verify-proof-genuine");

        foreach (var (changed, said) in new[]
        {
            (proof.Replace("filed: 2026", "filed: 2025", StringComparison.Ordinal), "不是真的"),
            (proof.Replace("number: ", "number:  ", StringComparison.Ordinal), "不是真的"),
            (proof.Replace("key: ", "key: 0", StringComparison.Ordinal), "无法核验"),
            (proof.Replace("content: ", "Content: ", StringComparison.Ordinal), "不是完整的"),
            ("你好", "不是完整的"),
        })
        {
            await visitor.FillAsync("Proof", changed);
            await visitor.ContinueAsync();
            await Expect(finding).ToContainTextAsync(said);
            await Expect(finding.Locator("dl")).ToBeHiddenAsync();
        }

        visitor.Requests.Skip(asked).ShouldBeEmpty("nothing leaves the browser");
        visitor.Findings.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
    }
}
