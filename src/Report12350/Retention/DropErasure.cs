using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;

namespace Report12350.Retention;

/// <summary>不同意删除, or the asker thinks better of it: the report stays.</summary>
public sealed record DropErasure(ReportId Report) : ICommand<Unit>, INeedRole, IConcernReport
{
    IReadOnlyList<Role> INeedRole.Roles => AskErasure.Deciders;
}

internal sealed class DropErasureHandler(ReportsDbContext db) : IRequestHandler<DropErasure, Unit>
{
    public async Task<Unit> Handle(DropErasure request, CancellationToken cancellationToken)
    {
        db.ErasureRequests.Remove(await db.ErasureRequests.FirstOrDefaultAsync(e => e.ReportId == request.Report, cancellationToken) ?? throw new StaleException());
        return Unit.Value;
    }
}
