using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Conversations;

/// <summary>What others did to a report since a step, as far as its reporter may know: which act, and nothing of what was said.</summary>
public sealed record ReadSteps(string Number, int After) : IQuery<IReadOnlyList<TakenStep>>;

/// <summary>One such act.</summary>
public sealed record TakenStep(int Step, ReportAction Action);

internal sealed class ReadStepsHandler(ReportsDbContext db) : IRequestHandler<ReadSteps, IReadOnlyList<TakenStep>>
{
    public async Task<IReadOnlyList<TakenStep>> Handle(ReadSteps request, CancellationToken cancellationToken)
    {
        var entries = await db.Reports.AsNoTracking().Where(r => r.Number == request.Number)
            .SelectMany(r => r.Timeline).Where(e => e.ForReporter && e.Actor != ActorKind.Reporter && e.Step > request.After).OrderBy(e => e.Step)
            .Select(e => new { e.Step, e.Act }).ToListAsync(cancellationToken);
        return [.. entries.Where(e => Enum.TryParse<ReportAction>(e.Act, out _)).Select(e => new TakenStep(e.Step, Enum.Parse<ReportAction>(e.Act)))];
    }
}
