using Report12350.Domain.Reports;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>The whole procedure once, through the real doors, with a mark in every field a person can type into.</summary>
internal sealed class MarkedRun
{
    private readonly ReportApplication app;
    private readonly MarkedStaff staff;

    private MarkedRun(ReportApplication app)
    {
        this.app = app;
        staff = new MarkedStaff(app, Marks);
    }

    public Marks Marks { get; } = new();

    public DateTime Since { get; } = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);

    /// <summary>The report that went all the way.</summary>
    public string Number { get; private set; } = "";

    public static async Task<MarkedRun> OfAsync(ReportApplication app)
    {
        var run = new MarkedRun(app);
        run.staff.KeepPaper();
        await run.staff.JoinAtThePagesAsync();
        await run.WholeWayAsync();
        await run.SideWaysAsync();
        await run.UnfinishedAsync();
        return run;
    }

    /// <summary>Filed, verified, put right, rewarded, objected to, upheld, claimed.</summary>
    private async Task WholeWayAsync()
    {
        using var reporter = new MarkedReporter(app, Marks, "reporter");
        await reporter.FileAsync(MatterKind.MajorHazard, saved: true);
        Number = reporter.Number;
        var officers = await CaseAsync(reporter);
        await officers.UntilVerifyingAsync();
        await reporter.SignInAsync();
        await reporter.WriteAsync();
        await reporter.FollowInChatAsync();
        await reporter.AddFilesAsync();
        await reporter.AddBitByBitAsync();
        await StaffUpload.SendAsync(app, await staff.As(Domain.Access.Role.Officer, "zjj"), Number, Marks);
        await officers.UntilFedBackAsync();
        await officers.MaskAsync(reporter);
        await new MarkedReward(app, Marks, staff, await reporter.IdAsync()).UntilClaimOpenAsync();
        await officers.UntilClosedOutAsync();
        await reporter.ObjectInChatAsync();
        await officers.UpholdAsync();
        await reporter.ClaimAsync();
        await reporter.Client.ReadAsync("/track/report");
    }

    /// <summary>Every other way a report can go.</summary>
    private async Task SideWaysAsync()
    {
        using (var reporter = new MarkedReporter(app, Marks, "withdrawing"))
        {
            await reporter.FileAsync(MatterKind.ConcealedAccident, saved: false);
            await reporter.SignInAsync();
            await reporter.WithdrawAsync();
        }

        using (var reporter = new MarkedReporter(app, Marks, "erased"))
        {
            await reporter.FileAsync(MatterKind.MajorHazard, saved: true);
            var declined = await CaseAsync(reporter);
            await declined.DeclineAsync();
            await declined.EraseAsync();
            await reporter.TypeReceiptOfErasedAsync();
        }

        await (await NewAsync()).DeclineAsync();
        await (await NewAsync()).TransferAsync();
        var contested = (await app.NewCaseAsync()).Hands;
        await contested.ReferredAsync();
        await Marked(contested.Report).ContestAsync();
        var unclear = (await app.NewCaseAsync()).Hands;
        await unclear.ConcludedAsync(Finding.Inconclusive);
        await Marked(unclear.Report).ReverifyAsync();
        var (filed, overturned) = await app.NewCaseAsync();
        await overturned.ConcludedAsync();
        await overturned.FedBackAsync();
        await overturned.ObjectedToAsync(filed.Receipt);
        await Marked(overturned.Report).OverturnAsync();
    }

    /// <summary>Left at the last page, files and all, some still on their way; and in the middle of a conversation.</summary>
    private async Task UnfinishedAsync()
    {
        using var reporter = new MarkedReporter(app, Marks, "unfinished");
        await reporter.FillInAsync(MatterKind.ConcealedAccident);
        await reporter.SendBitByBitAsync();
        using var talking = new MarkedReporter(app, Marks, "talking");
        await talking.TalkAsync();
    }

    private MarkedCase Marked(ReportId report) => new(app, Marks, staff, report);

    private async Task<MarkedCase> CaseAsync(MarkedReporter reporter) => Marked(await reporter.IdAsync());

    private async Task<MarkedCase> NewAsync() => Marked((await app.FileAsync()).Id);
}
