using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>质询: what a passkey is to sign, at the sign-in or before what can't be taken back.</summary>
public sealed record AskForPasskey : IQuery<PasskeyQuestion>;

internal sealed class AskForPasskeyHandler(ReportsDbContext db, CurrentStaff current, Passkeys passkeys) : IRequestHandler<AskForPasskey, PasskeyQuestion>
{
    public async Task<PasskeyQuestion> Handle(AskForPasskey request, CancellationToken cancellationToken)
    {
        var me = current.Person?.Id;
        var member = me is null ? null : await db.Staff.AsNoTracking().SingleAsync(m => m.Id == me, cancellationToken);
        return await passkeys.AskToProveAsync(member);
    }
}
