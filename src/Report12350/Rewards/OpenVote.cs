using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>提交表决.</summary>
public sealed record OpenVote(Guid Claim, int Version) : ICommand<Unit>, IActOnReward
{
    public RewardAction Action => RewardAction.OpenVote;
}

internal sealed class OpenVoteHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<OpenVote, Unit>
{
    public async Task<Unit> Handle(OpenVote request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        (await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken)).RequireSubstantiated();
        claim.OpenVote(time.GetUtcNow());
        return Unit.Value;
    }
}
