using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Retention;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Retention;

/// <summary>Reports closed long ago, and the reporter who comes back to them.</summary>
internal static class Aged
{
    public static RetentionRun Run(this ReportApplication app) => app.Services.GetRequiredService<RetentionRun>();

    public static Task<int> RunRetentionAsync(this ReportApplication app) => app.Run().RunAsync(TestContext.Current.CancellationToken);

    public static async Task<Filed> DeclinedAsync(this ReportApplication app)
    {
        var filed = await app.FileAsync();
        await Tracking.Handling.DeclineAsync(app, filed, DeclineReason.NoTargetOrFacts, "地点找不到。");
        return filed;
    }

    /// <summary>A named report with messages, records and photographs, found true and closed out, or found untrue and closed.</summary>
    public static async Task<(Filed Filed, CaseHands Hands)> ClosedAsync(this ReportApplication app, Finding finding)
    {
        var (filed, hands) = await app.NewCaseAsync(content =>
        {
            content.Answers.Anonymity = Anonymity.Named;
            content.Identity = new() { Name = "陈某某", Phone = "13800000000" };
        });
        if (finding is Finding.Substantiated)
        {
            await hands.ClosedOutAsync();
            await hands.FedBackAsync();
            return (filed, hands);
        }

        await (await hands.ConcludedAsync(finding)).FedBackAsync();
        await (await hands.Officer).Send(new CloseReport(filed.Id, await hands.Version));
        return (filed, hands);
    }

    /// <summary>As if it had been closed that long ago; the clock of all the others stands.</summary>
    public static Task<int> AgeAsync(this ReportApplication app, ReportId report, int years, int days = 1)
    {
        DateTimeOffset? then = app.Time.GetUtcNow().AddDays(-days).AddYears(-years);
        return app.Read(db => db.Reports.Where(r => r.Id == report).ExecuteUpdateAsync(r => r.SetProperty(x => x.ClosedAt, then)));
    }

    public static Task<bool> IsThereAsync(this ReportApplication app, ReportId report) => app.Read(db => db.Reports.AnyAsync(r => r.Id == report));

    public static async Task WriteAsync(this ReportApplication app, Filed filed, string text)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var opener = scope.ServiceProvider.GetRequiredService<ReportOpener>();
        Receipt.TryParse(filed.Receipt, out var typed).ShouldBeTrue();
        var opened = opener.ForReporter((await opener.ForReceiptAsync(typed, CancellationToken.None)).Pass).ShouldNotBeNull();
        await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new WriteToOfficers(opened, text), TestContext.Current.CancellationToken);
    }

    public static async Task<ReceiptAnswer> TypeReceiptAsync(this ReportApplication app, Filed filed)
    {
        await using var scope = app.Services.CreateAsyncScope();
        Receipt.TryParse(filed.Receipt, out var typed).ShouldBeTrue();
        return await scope.ServiceProvider.GetRequiredService<ReportOpener>().ForReceiptAsync(typed, CancellationToken.None);
    }
}
