using MediatR;
using Report12350.Data;
using Report12350.Domain.Rewards;
using Report12350.Messaging;

namespace Report12350.Rewards;

/// <summary>计票. True when the reward is approved; the money is then committed.</summary>
public sealed record CloseVote(Guid Claim, int Version) : ICommand<bool>, IActOnReward
{
    public RewardAction Action => RewardAction.Approve;
}

internal sealed class CloseVoteHandler(ReportsDbContext db, VoteCount count) : IRequestHandler<CloseVote, bool>
{
    public async Task<bool> Handle(CloseVote request, CancellationToken cancellationToken)
    {
        var claim = await db.LoadAsync(request, cancellationToken);
        var matter = await RewardMatter.OfAsync(db, claim.ReportId, cancellationToken);
        return await count.CloseAsync(claim, matter, cancellationToken);
    }
}
