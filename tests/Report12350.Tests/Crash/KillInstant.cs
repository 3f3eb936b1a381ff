namespace Report12350.Tests.Crash;

/// <summary>When the site dies: so many answers after all began to send, or so many writes to SQLite's log, which is within a commit; and a little on.</summary>
internal sealed class KillInstant : IDisposable
{
    private const int MostWrites = 120;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileSystemWatcher? log;
    private int answersLeft = int.MaxValue;
    private int writesLeft = int.MaxValue;

    private KillInstant(string folder, int answers, int writes, TimeSpan on)
    {
        // The delay makes nobody wait: it is the chance by which the kill falls anywhere within a request.
        Come = reached.Task.ContinueWith(_ => Task.Delay(on, TimeProvider.System), TaskScheduler.Default).Unwrap();
        (answersLeft, writesLeft) = (answers, writes);
        if (answers == 0)
            reached.TrySetResult();
        if (writes == int.MaxValue)
            return;
        log = new FileSystemWatcher(folder, "*.db-wal") { NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size };
        log.Changed += (_, _) => Count(ref writesLeft);
        log.EnableRaisingEvents = true;
    }

    public Task Come { get; }

    public bool IsOver { get; private set; }

    public static KillInstant ByChance(string folder, int forms, Random random) => random.Next(2) == 0
        ? new KillInstant(folder, random.Next(forms), int.MaxValue, TimeSpan.FromMilliseconds(random.NextDouble() * 12))
        : new KillInstant(folder, int.MaxValue, random.Next(1, MostWrites), TimeSpan.FromMilliseconds(random.NextDouble() * 4));

    /// <summary>On a database elsewhere, whose log is not here to be watched: within a request.</summary>
    public static KillInstant WithinRequest(string folder, int forms, Random random) =>
        new(folder, random.Next(forms), int.MaxValue, TimeSpan.FromMilliseconds(random.NextDouble() * 25));

    /// <summary>Within a start on an empty folder: anywhere in its time, or within one of its commits.</summary>
    public static KillInstant OfFirstStart(string folder, Random random) => random.Next(3) == 0
        ? new KillInstant(folder, 0, int.MaxValue, TimeSpan.FromMilliseconds(random.NextDouble() * 2000))
        : new KillInstant(folder, int.MaxValue, random.Next(1, MostWrites), TimeSpan.FromMilliseconds(random.NextDouble() * 4));

    public void AnswerCame() => Count(ref answersLeft);

    public void Over() => IsOver = true;

    public void Dispose() => log?.Dispose();

    private void Count(ref int left)
    {
        if (Interlocked.Decrement(ref left) == 0)
            reached.TrySetResult();
    }
}
