using System.Security.Cryptography;
using ImageMagick;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Report12350.Confidentiality;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>Files on a weak network, on a phone: sent bit by bit, paused, broken off, taken up again.</summary>
public sealed class SendingFilesTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const int Photo = 3_000_000;

    [Fact(Timeout = 600_000)]
    public async Task A_photo_outlives_a_pause_a_lost_network_and_a_closed_page_and_goes_on_where_it_was()
    {
        var photo = await PhotoAsync("现场.jpg", Photo);
        var pass = await app.AnsweredDraftAsync();
        await using var visitor = await OnThePhoneAsync("__Host-draft", pass.ToCookie());
        List<string> offsets = [];
        visitor.Page.Context.Request += (_, request) =>
        {
            if (request.Method == "PATCH")
                offsets.Add(request.Headers["upload-offset"]);
        };

        var network = await OpenAsync(visitor.Page, "/report/evidence");
        await TakeAsync(visitor.Page, await PhotoAsync("糊了.jpg", 1000));
        await visitor.LookAsync("sending-taken");
        await TakeAsync(visitor.Page, photo);
        await visitor.Page.Locator("#chosen button", new PageLocatorOptions { HasText = "糊了.jpg" }).PressAsync("Enter");
        await Expect(visitor.Page.Locator("#chosen li")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("#chosen li")).ToContainTextAsync("现场.jpg 2.9 MB");
        await visitor.LookAsync("sending-chosen");
        await visitor.ContinueAsync();
        await ComesFurtherAsync(visitor.Page, 0);
        await visitor.Page.Locator("#chosen button").ClickAsync();
        await Expect(visitor.Page.Locator("#chosen button")).ToHaveTextAsync("继续传");
        await visitor.LookAsync("sending-paused");
        await network.EmulateAsync(offline: true);
        await visitor.Page.Locator("#chosen button").ClickAsync();
        await Expect(visitor.Page.Locator("#chosen [role=status]")).ToContainTextAsync("恢复后自动接着传");
        await network.EmulateAsync();
        await ComesFurtherAsync(visitor.Page, 200_000);
        visitor.Findings.ShouldBeEmpty();

        var again = await visitor.Page.Context.NewPageAsync();
        await visitor.Page.CloseAsync();
        var before = offsets.Count;
        network = await OpenAsync(again, "/report/evidence");
        await again.Locator("input[name=Files]").SetInputFilesAsync(photo);
        await network.EmulateAsync(bytesASecond: -1);
        await again.Locator("main form button.primary").First.ClickAsync();
        await again.WaitForURLAsync("**/report/who");
        offsets.Skip(before).ShouldAllBe(offset => offset != "0");
        var file = (await app.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem();
        (file.Name, file.MediaType, file.Sha256).ShouldBe(("现场.jpg", "image/jpeg", await HashAsync(photo)));
        file.Copy.ShouldNotBeNull().Length.ShouldBeLessThan(100_000, "what hung on after the picture is not in the copy");
        (await again.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_photo_added_with_the_receipt_goes_on_by_itself_when_the_network_comes_back()
    {
        var photo = await PhotoAsync("补拍.jpg", 1_500_000);
        var filed = await app.FileAsync();
        using var line = new Line(app.Site);
        await using var visitor = await OnThePhoneAsync("__Host-track", await PassOfAsync(filed.Receipt), "en", site: line.Site);
        var network = await OpenAsync(visitor.Page, "/track/evidence");
        await TakeAsync(visitor.Page, photo);
        await visitor.LookAsync("adding-taken-en");
        await visitor.ContinueAsync();
        await ComesFurtherAsync(visitor.Page, 0);
        await network.EmulateAsync(offline: true);
        line.Cut(); // what is on its way already gets through a browser that is merely told to be offline
        await Expect(visitor.Page.Locator("#chosen [role=status]")).ToContainTextAsync("it goes on by itself");
        await visitor.LookAsync("adding-offline-en");
        line.Mend();
        await network.EmulateAsync(bytesASecond: -1);
        await visitor.Page.WaitForURLAsync("**/track/report", new PageWaitForURLOptions { Timeout = 120_000 });

        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("补拍.jpg");
        visitor.Findings.ShouldBeEmpty();
        var opened = await app.OpenAsync(filed.Receipt);
        var row = await app.Read(db => db.EvidenceFiles.AsNoTracking().SingleAsync(f => f.ReportId == filed.Id));
        opened.Evidence<EvidenceDescription>(row).Sha256.ShouldBe(await HashAsync(photo));
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_script_a_photo_is_taken_and_sent_by_the_form_itself_before_and_after_filing()
    {
        var photo = await PhotoAsync("没有脚本.jpg", 100_000);
        var pass = await app.AnsweredDraftAsync();
        await using (var visitor = await OnThePhoneAsync("__Host-draft", pass.ToCookie(), script: false))
        {
            await OpenAsync(visitor.Page, "/report/evidence");
            await TakeAsync(visitor.Page, photo, script: false);
            await visitor.PictureAsync("sending-noscript");
            await visitor.ContinueAsync();
            await visitor.Page.WaitForURLAsync("**/report/who");
            (await app.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem().Sha256.ShouldBe(await HashAsync(photo));
        }

        var filed = await app.FileAsync();
        await using var reporter = await OnThePhoneAsync("__Host-track", await PassOfAsync(filed.Receipt), script: false);
        await OpenAsync(reporter.Page, "/track/evidence");
        await TakeAsync(reporter.Page, photo, script: false);
        await reporter.ContinueAsync();
        await reporter.Page.WaitForURLAsync("**/track/report");
        await Expect(reporter.Page.Locator("main")).ToContainTextAsync("没有脚本.jpg");
    }

    /// <summary>360 px wide, a finger for a pointer, and this one secret.</summary>
    private async Task<Visitor> OnThePhoneAsync(string cookie, string secret, string language = "zh-CN", bool script = true, Uri? site = null)
    {
        var visitor = await chromium.VisitAsync(site ?? app.Site, script, width: 360, height: 740, language, touch: true);
        await visitor.Page.Context.AddCookiesAsync([new Cookie
        {
            Name = cookie, Value = secret, Domain = app.Site.Host, Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Strict,
        }]);
        if (language == "en")
            await visitor.Page.Context.AddCookiesAsync([new Cookie { Name = "lang", Value = "en", Url = app.Site.ToString() }]);
        return visitor;
    }

    private async Task<string> PassOfAsync(string receipt)
    {
        await using var scope = app.Services.CreateAsyncScope();
        Receipt.TryParse(receipt, out var typed).ShouldBeTrue();
        return (await scope.ServiceProvider.GetRequiredService<ReportOpener>().PassForReceiptAsync(typed, TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    /// <summary>A picture with so many bytes hung on.</summary>
    private async Task<string> PhotoAsync(string name, int more)
    {
        var path = Path.Combine(app.Folder, name);
        await File.WriteAllBytesAsync(path, [.. SmallPhoto(), .. RandomNumberGenerator.GetBytes(more)], TestContext.Current.CancellationToken);
        return path;
    }

    private static async Task<string> HashAsync(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));

    private static byte[] SmallPhoto()
    {
        using var photo = new MagickImage(MagickColors.Orange, 64, 48);
        return photo.ToByteArray(MagickFormat.Jpeg);
    }

    /// <summary>The page, at 400 kbit/s from now on.</summary>
    private static async Task<ICDPSession> OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.EmulateAsync();
        return network;
    }

    /// <summary>By the field that opens a phone's camera.</summary>
    private static async Task TakeAsync(IPage page, string photo, bool script = true)
    {
        var camera = page.Locator("input[type=file][capture=environment][accept='image/*']");
        await Expect(camera).ToBeVisibleAsync();
        await camera.SetInputFilesAsync(photo);
        if (script)
            await Expect(page.Locator("#chosen li").Last).ToContainTextAsync(Path.GetFileName(photo));
    }

    private static Task ComesFurtherAsync(IPage page, int than) =>
        page.UntilAsync("than => document.querySelector('#chosen progress')?.value > than", than);
}
