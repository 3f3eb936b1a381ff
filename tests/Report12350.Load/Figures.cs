using System.Diagnostics;

namespace Report12350.Load;

/// <summary>What a run measured: rate, median, 99th percentile, errors, memory of the server.</summary>
internal sealed class Figures(string name, string limit)
{
    private readonly List<double> milliseconds = [];
    private readonly Lock gate = new();
    private readonly Stopwatch whole = new();

    public int Errors { get; private set; }

    public string Name => name;

    public string Limit => limit;

    public int Count => milliseconds.Count;

    public double Rate => whole.Elapsed.TotalSeconds == 0 ? 0 : Count / whole.Elapsed.TotalSeconds;

    public double P50 => Percentile(0.50);

    public double P99 => Percentile(0.99);

    public double Max => milliseconds.Count == 0 ? 0 : milliseconds.Max();

    /// <summary>Resident memory of the server afterwards, in MB.</summary>
    public long Rss { get; private set; }

    public bool Held { get; private set; }

    public void Add(double elapsed)
    {
        lock (gate)
            milliseconds.Add(elapsed);
    }

    public async Task RunAsync(SiteUnderLoad site, int clients, Func<int, Task> client)
    {
        whole.Start();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(() => client(i))));
        whole.Stop();
        Rss = site.ResidentMegabytes();
    }

    /// <summary>Times one request; whatever goes wrong is counted, and said once.</summary>
    public async Task TimeAsync(Func<Task> request)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            await request();
            Add(watch.Elapsed.TotalMilliseconds);
        }
        catch (Exception exception)
        {
            lock (gate)
            {
                if (Errors++ == 0)
                    Console.Error.WriteLine($"{name}: {exception.Message}");
            }
        }
    }

    public Figures Judge(Func<Figures, bool> held)
    {
        Held = Errors == 0 && Count > 0 && held(this);
        Console.WriteLine(Row());
        return this;
    }

    public string Row() =>
        FormattableString.Invariant($"| {name} | {Count} | {Rate:0.0}/s | {P50:0.0} ms | {P99:0.0} ms | {Max:0.0} ms | {Errors} | {Rss} MB | {limit} | {(Held ? "held" : "MISSED")} |");

    private double Percentile(double share)
    {
        if (milliseconds.Count == 0)
            return 0;
        var sorted = milliseconds.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
