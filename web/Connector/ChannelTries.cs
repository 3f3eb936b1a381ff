using Report12350.Conversations;
using Report12350.Web.Security;

namespace Report12350.Web.Connector;

/// <summary>Receipts tried on channels of others (渠道上的查询码): counted by the channel's person, since all come from the platform's own network, and under flood taken in turn as on their page.</summary>
public sealed class ChannelTries(FloodGauge gauge, SlowLane lane)
{
    private const int Size = 64 * 1024;

    /// <summary>Null when the line is too long.</summary>
    public async Task<IDisposable?> InTurnAsync(ConversationPass person, CancellationToken cancellationToken)
    {
        var mark = gauge.Note(person.Id);
        return gauge.Height(mark) == 0 ? new AtOnce() : await lane.EnterAsync(mark, "", Size, cancellationToken);
    }

    private sealed class AtOnce : IDisposable
    {
        public void Dispose()
        {
            // No turn was taken.
        }
    }
}
