using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Staff;

namespace Report12350.Messaging;

/// <summary>二次验证: lets marked use cases through within five minutes of a proven second factor. What is refused is audited.</summary>
public sealed class StepUpBehaviour<TRequest, TResult>(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        var now = time.GetUtcNow();
        if (request is not INeedStepUp || current.SecondFactorAt + StepUp.Fresh > now)
            return await next();
        db.ChangeTracker.Clear();
        db.Audit.Add(AuditTrail.Entry(typeof(TRequest).Name, current, await ReportOfAsync(request, cancellationToken), now, refused: true));
        await db.SaveChangesAsync(cancellationToken);
        throw new StepUpNeededException();
    }

    private async Task<ReportId?> ReportOfAsync(TRequest request, CancellationToken cancellationToken) => request switch
    {
        IActOnReport act => act.Report,
        IConcernReport concern => concern.Report,
        IActOnReward reward => await db.RewardClaims.Where(c => c.Id == reward.Claim).Select(c => (ReportId?)c.ReportId).FirstOrDefaultAsync(cancellationToken),
        _ => null,
    };
}

/// <summary>How long a proven second factor is fresh.</summary>
public static class StepUp
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
}
