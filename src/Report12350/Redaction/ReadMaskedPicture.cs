using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Redaction;

/// <summary>One picture of a masked copy, for those who decide on the reward; noted before a byte is shown.</summary>
/// <param name="No">Its place in the copy, from one.</param>
public sealed record ReadMaskedPicture(string Number, int No) : IQuery<byte[]>, INeedRole, IConcernNumber
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.RewardOfficer, Role.CommitteeMember];
}

internal sealed class ReadMaskedPictureHandler(ReportsDbContext db, MaskedCopies copies, AuditTrail audit) : IRequestHandler<ReadMaskedPicture, byte[]>
{
    public async Task<byte[]> Handle(ReadMaskedPicture request, CancellationToken cancellationToken)
    {
        var claim = await db.RewardClaims.AsNoTracking().FirstOrDefaultAsync(c => c.Number == request.Number && c.State != RewardState.NotWanted, cancellationToken)
            ?? throw new NotFoundException();
        var picture = await copies.ReadPictureForRewardAsync(claim.ReportId, request.No, cancellationToken) ?? throw new NotFoundException();
        await audit.NoteAsync(nameof(ReadMaskedPicture), claim.ReportId, cancellationToken);
        return picture;
    }
}
