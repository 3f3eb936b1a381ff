using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>退出: the session's row goes, and with it the open key.</summary>
public sealed record SignOut : IRequest<Unit>;

internal sealed class SignOutHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<SignOut, Unit>
{
    public async Task<Unit> Handle(SignOut request, CancellationToken cancellationToken)
    {
        await db.StaffSessions.Where(s => s.Id == current.SessionId).ExecuteDeleteAsync(cancellationToken);
        return Unit.Value;
    }
}
