using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Whether nobody has joined yet: then the sign-in page says how (首次启动).</summary>
public sealed record AwaitsAdministrator : IQuery<bool>;

internal sealed class AwaitsAdministratorHandler(ReportsDbContext db) : IRequestHandler<AwaitsAdministrator, bool>
{
    public async Task<bool> Handle(AwaitsAdministrator request, CancellationToken cancellationToken) => !await db.Staff.AnyAsync(cancellationToken);
}
