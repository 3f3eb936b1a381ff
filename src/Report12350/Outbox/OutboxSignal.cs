using System.Threading.Channels;

namespace Report12350.Outbox;

/// <summary>Wakes the dispatcher of this process, and whoever else waits, at once when something was saved.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Action others = () => { };

    public void Wake() => Saved(toDeliver: true);

    /// <param name="toDeliver">Something of it is the dispatcher's.</param>
    internal void Saved(bool toDeliver)
    {
        if (toDeliver)
            channel.Writer.TryWrite(true);
        others();
    }

    /// <summary>Tells another one too: something was saved here, or on PostgreSQL by another node.</summary>
    internal void Tell(Action other) => others += other;

    internal async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The poll is the net: look again even when nobody woke us.
        }
    }
}
