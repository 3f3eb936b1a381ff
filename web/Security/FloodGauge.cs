using System.Net;
using Report12350.Confidentiality;

namespace Report12350.Web.Security;

/// <summary>How many forms come from each network and to the site (流量水位): leaking counts in bounded memory, under marks that rotate daily.</summary>
public sealed class FloodGauge(NetworkMarks marks, IConfiguration settings, TimeProvider time)
{
    private const int MostNetworks = 10_000;
    private const int Highest = 16;
    private readonly double burst = settings.GetValue("Flood:Burst", 120.0);
    private readonly double siteBurst = settings.GetValue("Flood:SiteBurst", 1200.0);
    private readonly Lock gate = new();
    private readonly Dictionary<long, Level> networks = [];
    private Level site;

    /// <summary>How many networks are being counted.</summary>
    public int Networks
    {
        get
        {
            lock (gate)
                return networks.Count;
        }
    }

    /// <summary>Notes one form from this address; the mark of its network.</summary>
    public long Note(IPAddress? address) => Note(marks.Of(address));

    /// <summary>Notes one from somebody on a channel of others, where the network tells nothing.</summary>
    public long Note(Guid person) => Note(marks.Of(person));

    private long Note(long mark)
    {
        lock (gate)
        {
            if (networks.Count >= MostNetworks && !networks.ContainsKey(mark))
                MakeRoom();
            networks[mark] = networks.GetValueOrDefault(mark).Raised(time, burst);
            site = site.Raised(time, siteBurst);
        }

        return mark;
    }

    /// <summary>0 in calm; above, how many times what is usual is coming, from this network or to the whole site.</summary>
    public int Height(IPAddress? address) => Height(marks.Of(address));

    public int Height(long mark)
    {
        lock (gate)
            return (int)Math.Max(networks.GetValueOrDefault(mark).Now(time, burst) / burst, site.Now(time, siteBurst) / siteBurst);
    }

    private void MakeRoom()
    {
        var kept = networks.OrderByDescending(n => n.Value.Now(time, burst)).Take(MostNetworks / 2).ToDictionary();
        networks.Clear();
        foreach (var (mark, level) in kept)
            networks[mark] = level;
    }

    /// <summary>A count that leaks away within a minute of calm, from wherever the burst ends; from the highest in a quarter of an hour.</summary>
    private readonly record struct Level(double Count, DateTimeOffset At)
    {
        public double Now(TimeProvider time, double burst) => Math.Max(0, Count - ((time.GetUtcNow() - At).TotalMinutes * burst));

        public Level Raised(TimeProvider time, double burst) => new(Math.Min(Now(time, burst) + 1, Highest * burst), time.GetUtcNow());
    }
}
