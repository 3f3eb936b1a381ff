using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Report12350.Data;
using Report12350.Outbox;

namespace Report12350.Conversations;

/// <summary>One open stream of a conversation (会话连接): woken when there may be something to read, ended when it must give way.</summary>
public sealed class ConversationStream : IDisposable
{
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource ended = new();
    private readonly Action<ConversationStream> left;
    private (int? Conversation, int? Report) seen;

    internal ConversationStream(Guid conversation, Action<ConversationStream> left) => (Conversation, this.left) = (conversation, left);

    public Guid Conversation { get; }

    /// <summary>Number of the report it follows, once there is one.</summary>
    public string? Follows { get; set; }

    public CancellationToken Ended => ended.Token;

    public void Wake() => news.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await news.Reader.ReadAsync(cancellationToken);

    internal void End() => ended.Cancel();

    /// <summary>Wakes it when these versions are not those of the last look; what is gone has moved too. Each stream remembers for itself: one opened during a look would miss what others were woken for.</summary>
    internal void Look(int? conversation, int? report)
    {
        lock (news)
        {
            if (conversation is not null && seen == (conversation, report))
                return;
            seen = (conversation, report);
        }

        Wake();
    }

    /// <summary>As <see cref="Look"/> would, of the conversation alone.</summary>
    internal void Hear(int conversation)
    {
        lock (news)
            Look(conversation, seen.Report);
    }

    public void Dispose()
    {
        left(this);
        ended.Dispose();
    }
}

/// <summary>The streams open on this node. Who opens more than a few has the oldest closed.</summary>
public sealed class OpenStreams
{
    private readonly Lock gate = new();
    private readonly List<ConversationStream> streams = [];

    /// <summary>From now on nothing is missed: it is woken by whatever is said next.</summary>
    public ConversationStream Open(Guid conversation)
    {
        var stream = new ConversationStream(conversation, Leave);
        stream.Wake();
        lock (gate)
        {
            streams.Add(stream);
            var own = streams.FindAll(s => s.Conversation == conversation);
            foreach (var old in own.Take(own.Count - ConversationQuota.Streams))
                old.End();
        }

        return stream;
    }

    /// <summary>A turn was taken here: who listens need not wait for the next look.</summary>
    /// <param name="version">The conversation's since then.</param>
    public void Tell(Guid conversation, int version)
    {
        lock (gate)
            streams.FindAll(s => s.Conversation == conversation).ForEach(s => s.Hear(version));
    }

    /// <summary>Closes all streams of a conversation; whoever may, opens a new one.</summary>
    public void Drop(Guid conversation)
    {
        lock (gate)
            streams.FindAll(s => s.Conversation == conversation).ForEach(s => s.End());
    }

    internal List<ConversationStream> All()
    {
        lock (gate)
            return [.. streams];
    }

    private void Leave(ConversationStream stream)
    {
        lock (gate)
            streams.Remove(stream);
    }
}

/// <summary>Hears on every node what was said on any: after each commit, and as a net every two seconds, it asks once for all open streams which conversations and reports have moved.</summary>
internal sealed partial class StreamWatch(OpenStreams streams, OutboxSignal signal, IServiceScopeFactory scopes, ILogger<StreamWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks, so that many commits cost few. Turns taken on this node are told without one.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Channel<bool> saved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Tell(Wake);
        using var net = new PeriodicTimer(Net, TimeProvider.System); // a matter of the machine's, whatever day the site believes it is
        _ = WakeEverySoOftenAsync(net, stoppingToken);
        while (await saved.Reader.WaitToReadAsync(stoppingToken))
        {
            saved.Reader.TryRead(out _);
            if (streams.All() is not { Count: > 0 } open)
                continue;

            try
            {
                await LookAsync(open, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception.GetType().Name);
            }

            await Task.Delay(Pause, TimeProvider.System, stoppingToken);
        }
    }

    private void Wake() => saved.Writer.TryWrite(true);

    private async Task WakeEverySoOftenAsync(PeriodicTimer net, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && await net.WaitForNextTickAsync(stoppingToken))
            Wake();
    }

    private async Task LookAsync(List<ConversationStream> open, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDbContext>();
        var ids = open.Select(s => s.Conversation).Distinct().ToList();
        var numbers = open.Select(s => s.Follows).OfType<string>().Distinct().ToList();
        var conversations = await db.Conversations.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Version }).ToDictionaryAsync(c => c.Id, c => c.Version, cancellationToken);
        var reports = numbers.Count == 0 ? [] : await db.Reports.AsNoTracking().Where(r => numbers.Contains(r.Number)).Select(r => new { r.Number, r.Version }).ToDictionaryAsync(r => r.Number, r => r.Version, cancellationToken);
        foreach (var stream in open)
            stream.Look(VersionOf(conversations, stream.Conversation), stream.Follows is { } number ? VersionOf(reports, number) : null);
    }

    private static int? VersionOf<T>(Dictionary<T, int> versions, T of)
        where T : notnull => versions.TryGetValue(of, out var version) ? version : null;

    [LoggerMessage(LogLevel.Warning, "Open conversations were not looked at ({Kind}); tried again")]
    private partial void LogFailed(string kind);
}
