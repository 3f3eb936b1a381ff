using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>What the identity provider has vouched for (单位账号): carried sealed until the password opens the person's key.</summary>
/// <param name="Account">The provider's own name for the account.</param>
/// <param name="SecondFactor">Whether the provider says that it asked for a second factor, and is believed.</param>
public sealed record ProvenAccount(string Account, string DisplayName, bool SecondFactor, DateTimeOffset Until)
{
    public override string ToString() => nameof(ProvenAccount);
}

/// <summary>认出单位账号: who of the staff it is linked to. One that is linked to nobody is refused and audited.</summary>
public sealed record RecogniseAccount(string Account, bool SecondFactor) : IRequest<ProvenAccount?>
{
    public override string ToString() => nameof(RecogniseAccount);
}

internal sealed class RecogniseAccountHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<RecogniseAccount, ProvenAccount?>
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    public async Task<ProvenAccount?> Handle(RecogniseAccount request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Account == request.Account && m.Active, cancellationToken) is { } member)
            return new ProvenAccount(request.Account, member.DisplayName, request.SecondFactor, now + Life);
        db.Audit.Add(new AuditEntry { At = now, Act = nameof(RecogniseAccount), Refused = true });
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
