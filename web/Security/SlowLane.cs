namespace Report12350.Web.Security;

/// <summary>Where forms without proof of work wait under flood (慢速通道): few at a time, each network in turn, and within it each visitor in turn.</summary>
/// <remarks>Who sends ten thousand forms stands in line behind themselves; who sends one is next. The line is bounded: when it is full, the longest gives way.</remarks>
public sealed class SlowLane(TimeProvider time)
{
    private const int MostWaiting = 2000;
    private const long MostBytes = 64 * 1024 * 1024;
    public static readonly int AtOnce = Environment.ProcessorCount;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private readonly Dictionary<long, Network> networks = [];
    private readonly Queue<long> order = [];
    private int taken;
    private int waiting;
    private long bytes;

    /// <summary>How many forms stand in line.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting;
        }
    }

    /// <summary>Waits for a turn, which is disposed of when the form was dealt with; null when the line is too long.</summary>
    public async Task<IDisposable?> EnterAsync(long network, string visitor, long size, CancellationToken gone)
    {
        var turn = new Turn(this, network, visitor, size);
        var called = turn.Called.Task.WaitAsync(Patience, time, gone); // before it is counted: whoever stands in line, waits
        if (TakeOrWait(turn))
        {
            turn.Called.TrySetResult(true);
            return turn;
        }

        try
        {
            return await called ? turn : null;
        }
        catch (Exception left) when (left is TimeoutException or OperationCanceledException)
        {
            if (!Leave(turn) && await turn.Called.Task)
                turn.Dispose();
            return null;
        }
    }

    private bool TakeOrWait(Turn turn)
    {
        lock (gate)
        {
            if (taken < AtOnce)
            {
                taken++;
                return true;
            }

            if (!networks.TryGetValue(turn.Network, out var network))
            {
                networks[turn.Network] = network = new Network();
                order.Enqueue(turn.Network);
            }

            network.Add(turn);
            (waiting, bytes) = (waiting + 1, bytes + turn.Size);
            while (waiting > MostWaiting || bytes > MostBytes)
                GiveWay();
            return false;
        }
    }

    private void GiveWay()
    {
        var last = networks.Values.MaxBy(n => n.Count)!.LastOfLongest();
        Leave(last);
        last.Called.TrySetResult(false);
    }

    /// <summary>False when the turn had been called, or had given way, before it could leave.</summary>
    private bool Leave(Turn turn)
    {
        lock (gate)
        {
            if (!networks.TryGetValue(turn.Network, out var network) || !network.Remove(turn))
                return false;
            (waiting, bytes) = (waiting - 1, bytes - turn.Size);
            return true;
        }
    }

    private void CallNext()
    {
        lock (gate)
        {
            while (order.TryDequeue(out var mark))
            {
                var next = networks[mark].Next();
                if (networks[mark].Count > 0)
                    order.Enqueue(mark);
                else
                    networks.Remove(mark);
                if (next is null)
                    continue;
                (waiting, bytes) = (waiting - 1, bytes - next.Size);
                next.Called.TrySetResult(true);
                return;
            }

            taken--;
        }
    }

    /// <summary>One network's visitors, each with a line of their own. A line that became empty is cleared away at its turn.</summary>
    private sealed class Network
    {
        private readonly Dictionary<string, List<Turn>> visitors = new(StringComparer.Ordinal);
        private readonly Queue<string> order = [];

        public int Count { get; private set; }

        public void Add(Turn turn)
        {
            if (!visitors.TryGetValue(turn.Visitor, out var line))
            {
                visitors[turn.Visitor] = line = [];
                order.Enqueue(turn.Visitor);
            }

            line.Add(turn);
            Count++;
        }

        public bool Remove(Turn turn)
        {
            var left = visitors.TryGetValue(turn.Visitor, out var line) && line.Remove(turn);
            Count -= left ? 1 : 0;
            return left;
        }

        public Turn LastOfLongest() => visitors.Values.MaxBy(line => line.Count)![^1];

        public Turn? Next()
        {
            while (order.TryDequeue(out var visitor))
            {
                var line = visitors[visitor];
                var next = line.Count > 0 ? line[0] : null;
                if (next is not null)
                    Remove(next);
                if (line.Count > 0)
                    order.Enqueue(visitor);
                else
                    visitors.Remove(visitor);
                if (next is not null)
                    return next;
            }

            return null;
        }
    }

    private sealed class Turn(SlowLane lane, long network, string visitor, long size) : IDisposable
    {
        private int done;

        public long Network => network;

        public string Visitor => visitor;

        public long Size => size;

        public TaskCompletionSource<bool> Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
                lane.CallNext();
        }
    }
}
