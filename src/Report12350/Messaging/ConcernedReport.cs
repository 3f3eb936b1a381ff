using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;

namespace Report12350.Messaging;

/// <summary>Which report a use case is about (所涉举报), as the audit names it.</summary>
internal static class ConcernedReport
{
    public static async Task<ReportId?> ReportOfAsync<TRequest>(this ReportsDbContext db, TRequest request, CancellationToken cancellationToken) => request switch
    {
        IActOnReport act => act.Report,
        IConcernReport concern => concern.Report,
        IActOnReward reward => await db.RewardClaims.Where(c => c.Id == reward.Claim).Select(c => (ReportId?)c.ReportId).FirstOrDefaultAsync(cancellationToken),
        IConcernReveal reveal => await db.RevealRequests.Where(r => r.Id == reveal.Request).Select(r => (ReportId?)r.ReportId).FirstOrDefaultAsync(cancellationToken),
        IConcernNumber named => await db.Reports.Where(r => r.Number == named.Number).Select(r => (ReportId?)r.Id).FirstOrDefaultAsync(cancellationToken),
        _ => null,
    };
}
