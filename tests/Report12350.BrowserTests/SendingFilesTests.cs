using System.Security.Cryptography;
using ImageMagick;
using Microsoft.Playwright;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>Files on a weak network, on a phone: sent bit by bit, paused, broken off, taken up again.</summary>
public sealed class SendingFilesTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const int Photo = 3_000_000;

    /// <summary>400 kbit/s.</summary>
    private const int BytesASecond = 50_000;

    [Fact(Timeout = 600_000)]
    public async Task A_photo_outlives_a_pause_a_lost_network_and_a_closed_page_and_goes_on_where_it_was()
    {
        var photo = Path.Combine(app.Folder, "现场.jpg");
        byte[] bytes = [.. SmallPhoto(), .. RandomNumberGenerator.GetBytes(Photo)];
        await File.WriteAllBytesAsync(photo, bytes, TestContext.Current.CancellationToken);
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 740);
        var pass = await app.AnsweredDraftAsync();
        await visitor.Page.Context.AddCookiesAsync([new Cookie
        {
            Name = "__Host-draft", Value = pass.ToCookie(), Domain = app.Site.Host, Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Strict,
        }]);
        List<string> offsets = [];
        visitor.Page.Context.Request += (_, request) =>
        {
            if (request.Method == "PATCH")
                offsets.Add(request.Headers["upload-offset"]);
        };

        var network = await ChooseAsync(visitor.Page, photo);
        await Expect(visitor.Page.Locator("#chosen li")).ToContainTextAsync("现场.jpg 2.9 MB");
        await visitor.LookAsync("sending-chosen");
        await visitor.ContinueAsync();
        await ComesFurtherAsync(visitor.Page, 0);
        await visitor.Page.Locator("#chosen button").ClickAsync();
        await Expect(visitor.Page.Locator("#chosen button")).ToHaveTextAsync("继续传");
        await visitor.LookAsync("sending-paused");
        await ConditionsAsync(network, offline: true);
        await visitor.Page.Locator("#chosen button").ClickAsync();
        await Expect(visitor.Page.Locator("#chosen [role=status]")).ToContainTextAsync("恢复后自动接着传");
        await ConditionsAsync(network, offline: false);
        await ComesFurtherAsync(visitor.Page, 200_000);
        visitor.Findings.ShouldBeEmpty();

        var again = await visitor.Page.Context.NewPageAsync();
        await visitor.Page.CloseAsync();
        var before = offsets.Count;
        network = await ChooseAsync(again, photo);
        await network.SendAsync("Network.emulateNetworkConditions", Conditions(offline: false, bytesASecond: -1));
        await again.Locator("main form button.primary").First.ClickAsync();
        await again.WaitForURLAsync("**/report/who");
        offsets.Skip(before).ShouldAllBe(offset => offset != "0");
        var file = (await app.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem();
        (file.Name, file.MediaType, file.Length, file.Sha256).ShouldBe(("现场.jpg", "image/jpeg", (long)bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        file.Copy.ShouldNotBeNull().Length.ShouldBeLessThan(100_000, "what hung on after the picture is not in the copy");
        (await again.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    private static byte[] SmallPhoto()
    {
        using var photo = new MagickImage(MagickColors.Orange, 64, 48);
        return photo.ToByteArray(MagickFormat.Jpeg);
    }

    private static async Task<ICDPSession> ChooseAsync(IPage page, string photo)
    {
        await page.GotoAsync("/report/evidence");
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await ConditionsAsync(network, offline: false);
        await page.Locator("input[name=Files]").SetInputFilesAsync(photo);
        return network;
    }

    private static Task ConditionsAsync(ICDPSession network, bool offline) =>
        network.SendAsync("Network.emulateNetworkConditions", Conditions(offline, BytesASecond));

    private static Dictionary<string, object> Conditions(bool offline, int bytesASecond) => new()
    {
        ["offline"] = offline, ["latency"] = 100, ["downloadThroughput"] = bytesASecond, ["uploadThroughput"] = bytesASecond,
    };

    private static Task ComesFurtherAsync(IPage page, int than) =>
        page.UntilAsync("than => document.querySelector('#chosen progress')?.value > than", than);
}
