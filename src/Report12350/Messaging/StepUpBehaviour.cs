using MediatR;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Staff;

namespace Report12350.Messaging;

/// <summary>二次验证: lets marked use cases through within five minutes of a proven second factor. What is refused is audited.</summary>
public sealed class StepUpBehaviour<TRequest, TResult>(ReportsDbContext db, CurrentStaff current, AuditTrail audit, TimeProvider time)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        if (request is not INeedStepUp || current.SecondFactorAt + StepUp.Fresh > time.GetUtcNow())
            return await next();
        await audit.RefuseAsync(typeof(TRequest).Name, await db.ReportOfAsync(request, cancellationToken), cancellationToken);
        throw new StepUpNeededException();
    }
}

/// <summary>How long a proven second factor is fresh.</summary>
public static class StepUp
{
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
}
