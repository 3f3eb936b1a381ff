using System.Net;
using ImageMagick;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Redaction;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tracking;

namespace Report12350.Tests.Redaction;

/// <summary>A verified report with a reward wanted and a photograph, blue on the right and red on the left, and those who mask it at the pages.</summary>
internal sealed class MaskedCase(ReportApplication app, Filed filed, CaseHands hands)
{
    public const string Witness = "阿强";
    public const string Sentence = "只有我一个人上夜班。";
    public const string Shown = "三楼仓库堵了通道。";
    public const string Narrative = $"{Shown}{Sentence}{Witness}也看见了。";
    public const string Unit = "好再来饭店后厨";
    public const string FileName = "阿强拍的.png";

    public Filed Filed => filed;

    public CaseHands Hands => hands;

    public string Page => $"/staff/reports/{filed.Number}/masks";

    public string RewardPage => $"/staff/rewards/{filed.Number}";

    public static async Task<MaskedCase> OfAsync(ReportApplication app)
    {
        var filed = await app.FileAsync(
            content =>
            {
                content.Answers.Narrative = Narrative;
                content.Answers.Unit = Unit;
            },
            claimCode: "my claim code 1");
        var hands = app.Case(filed.Id);
        await hands.ConcludedAsync();
        var version = await hands.Version;
        await (await hands.Officer).Send(filed.Id, opened => new AddStaffEvidence(opened, version, EvidencePurpose.Verification, [new SentFile(FileName, new MemoryStream(HalfRed()))]));
        return new MaskedCase(app, filed, hands);
    }

    /// <summary>Ticks the sentence, types the witness, paints the red half, as the pages without script send it.</summary>
    public async Task MaskAsync(StaffHands by)
    {
        var picture = await PictureAsync();
        await WentOnAsync(await SendAsync(by, "Mask", ("ShownTexts", "narrative"), ("Ranges", $"narrative:{Shown.Length}+{Sentence.Length}"), ("Words", Witness)));
        using var browser = app.BrowserOf(by);
        IEnumerable<(string, string)> squares = from row in Enumerable.Range(0, 8) from column in Enumerable.Range(0, 5) select ("Regions", $"{column * 100},{row * 125},100,125");
        await WentOnAsync(await browser.SendFormAsync($"{Page}/{picture}", [("Version", $"{await hands.Version}"), ("Shown", "true"), .. squares]));
    }

    public async Task<HttpResponseMessage> SendAsync(StaffHands by, string handler, params (string, string)[] fields)
    {
        using var browser = app.BrowserOf(by);
        return await browser.SendFormAsync(Page, [("Version", $"{await hands.Version}"), .. fields], $"{Page}?handler={handler}");
    }

    public async Task FixAsync(StaffHands by) => await WentOnAsync(await SendAsync(by, "FixMasks"));

    public Task<Guid> PictureAsync() => app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == filed.Id).Select(f => f.Id).SingleAsync());

    public Task<int> AuditedAsync(string act, StaffHands by, bool refused = false) =>
        app.Read(db => db.Audit.CountAsync(a => a.Act == act && a.StaffId == by.Id && a.ReportId == filed.Id && a.Refused == refused));

    /// <summary>Pixels in which red is left.</summary>
    public static int Reds(byte[] jpeg)
    {
        using var image = new MagickImage(jpeg);
        image.Format.ShouldBe(MagickFormat.Jpeg);
        (image.Width, image.Height).ShouldBe((160u, 120u));
        using var pixels = image.GetPixels();
        return pixels.Count(p => p.ToColor()!.R > 60);
    }

    public static void WentOn(HttpResponseMessage answer) => answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);

    private static async Task WentOnAsync(HttpResponseMessage answer) =>
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, answer.StatusCode is HttpStatusCode.OK ? WebUtility.HtmlDecode(await answer.TextAsync()) : null);

    private static byte[] HalfRed()
    {
        using var image = new MagickImage(MagickColors.Blue, 160, 120) { Format = MagickFormat.Png };
        using var red = new MagickImage(MagickColors.Red, 80, 120);
        image.Composite(red, 0, 0, CompositeOperator.Over);
        return image.ToByteArray();
    }
}
