using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Intake;

namespace Report12350.Tests.Hosting;

/// <summary>A report filed by a test, with all the reporter holds.</summary>
public sealed record Filed(ReportId Id, string Number, string Receipt, string? ClaimCode);

/// <summary>Files reports the way the form does.</summary>
public static class FilingReports
{
    public static async Task<Filed> FileAsync(this ReportApplication app, Action<DraftContent>? change = null, string? claimCode = null)
    {
        var pass = await app.Send(new StartDraft());
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        FillIn(content);
        if (claimCode is not null)
        {
            content.Answers.RewardWanted = true;
            content.Answers.NotExcluded = true;
            content.ClaimCodeHash = ClaimCode.Hash(claimCode, content.ClaimId, app.Services.GetRequiredService<KeyRing>());
        }

        change?.Invoke(content);
        await app.Send(new SaveDraft(pass, content));
        return await app.SendInAsync(pass, claimCode);
    }

    /// <summary>A draft whose pages are all answered, as a browser has it.</summary>
    public static async Task<DraftPass> AnsweredDraftAsync(this ReportApplication app)
    {
        var pass = await app.Send(new StartDraft());
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        FillIn(content);
        content.Done = [.. ReportAnswersRules.Pages];
        await app.Send(new SaveDraft(pass, content));
        return pass;
    }

    /// <summary>Files the draft, with the files that are in it.</summary>
    public static async Task<Filed> FileFromAsync(this ReportApplication app, DraftPass pass)
    {
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        FillIn(content);
        await app.Send(new SaveDraft(pass, content));
        return await app.SendInAsync(pass, claimCode: null);
    }

    /// <summary>Opens with the receipt, as its holder does.</summary>
    public static async Task<OpenedReport> OpenAsync(this ReportApplication app, string receipt)
    {
        Receipt.TryParse(receipt, out var typed).ShouldBeTrue();
        await using var scope = app.Services.CreateAsyncScope();
        var opener = scope.ServiceProvider.GetRequiredService<ReportOpener>();
        return opener.ForReporter(await opener.PassForReceiptAsync(typed, TestContext.Current.CancellationToken)).ShouldNotBeNull();
    }

    public static Task<Report> ReportAsync(this ReportApplication app, ReportId id) =>
        app.Read(db => db.Reports.AsNoTracking().Include(r => r.Clocks).Include(r => r.Timeline)
            .Include(r => r.VerificationRecords).Include(r => r.RectificationItems).AsSplitQuery().SingleAsync(r => r.Id == id));

    public static async Task<int> VersionAsync(this ReportApplication app, ReportId id) => (await app.ReportAsync(id)).Version;

    private static async Task<Filed> SendInAsync(this ReportApplication app, DraftPass pass, string? claimCode)
    {
        var filed = await app.Send(new FileReport(pass));
        var id = await app.Read(db => db.Reports.Where(r => r.Number == filed.Number).Select(r => r.Id).SingleAsync());
        return new Filed(id, filed.Number, filed.Receipt, claimCode);
    }

    /// <summary>A whole, plain set of answers.</summary>
    public static void FillIn(DraftContent content)
    {
        var answers = content.Answers;
        answers.NoticeRead = true;
        answers.Kind = MatterKind.MajorHazard;
        answers.Sector = "gas";
        answers.Town = "gongping";
        answers.Place = "人民路某超市二楼";
        answers.Unit = "某餐馆";
        answers.Narrative = "厨房用的煤气瓶放在楼梯间,没有报警器。";
        answers.When = "昨天下午";
        answers.StillGoingOn = true;
        answers.Urgent = false;
        answers.Anonymity = Anonymity.Anonymous;
        answers.RewardWanted = false;
        answers.TruthPledged = true;
    }
}
