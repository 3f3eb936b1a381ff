using MediatR;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>Looks at an invitation's code and makes a secret for the person's authenticator; null when the code is unknown or too old. Nothing is kept.</summary>
public sealed record PrepareJoining(string? Code) : IQuery<Joining?>
{
    public override string ToString() => nameof(PrepareJoining);
}

/// <summary>What the joining person is shown.</summary>
/// <param name="TotpSecret">Base32, for those who type it.</param>
/// <param name="TotpUri">For those who scan it.</param>
public sealed record Joining(string SignInName, string DisplayName, string TotpSecret, string TotpUri)
{
    public override string ToString() => nameof(Joining);
}

internal sealed class PrepareJoiningHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<PrepareJoining, Joining?>
{
    private const string Issuer = "Report12350";

    public async Task<Joining?> Handle(PrepareJoining request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = InvitationCode.Hash(request.Code ?? "");
        var invitation = (await db.StaffInvitations.AsNoTracking().Where(i => i.ExpiresAt > now).ToListAsync(cancellationToken))
            .Find(i => i.CodeHash.AsSpan().SequenceEqual(hash));
        if (invitation is null)
            return null;
        var secret = Base32Encoding.ToString(StaffKeys.NewTotpSecret());
        return new Joining(invitation.SignInName, invitation.DisplayName, secret, new OtpUri(OtpType.Totp, secret, invitation.SignInName, Issuer).ToString());
    }
}
