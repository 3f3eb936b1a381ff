using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;

namespace Report12350.Duplicates;

/// <summary>All fingerprints, open in memory (指纹索引): read from the database when first asked for, and at each question what was filed and erased since.</summary>
public sealed class OpenFingerprints(Fingerprints fingerprints, TimeProvider time) : IDisposable
{
    /// <summary>Nodes' clocks differ, and an erasure is seen once its transaction ends.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim gate = new(1);
    private readonly List<Known> known = [];
    private readonly List<string> broken = [];
    private string last = "";
    private DateTimeOffset lookedForErased;

    /// <summary>The reports most like this one, best first, and the numbers whose fingerprint no longer opens.</summary>
    internal async Task<(IReadOnlyList<Like> Alike, IReadOnlyList<string> Broken)> LikeAsync(
        ReportsDbContext db, ReportId report, int most, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            await ReadOnAsync(db, cancellationToken);
            await ForgetErasedAsync(db, cancellationToken);
            var own = known.Find(k => k.Report == report);
            return (own is null ? [] : Best(own, most), [.. broken]);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    /// <summary>Compared with all of them: at the likeness of two people's words, buckets would miss half (decision 0021).</summary>
    private List<Like> Best(Known own, int most)
    {
        var best = new PriorityQueue<Like, int>(most + 1);
        foreach (var other in known)
        {
            var like = Like.Of(other.Report, own.Fingerprint, other.Fingerprint);
            if (!like.Counts || other == own)
                continue;
            best.Enqueue(like, like.Score);
            if (best.Count > most)
                best.Dequeue();
        }

        return [.. best.UnorderedItems.Select(item => item.Element).OrderByDescending(like => like.Score)];
    }

    private async Task ReadOnAsync(ReportsDbContext db, CancellationToken cancellationToken)
    {
        var from = last;
        await foreach (var row in db.Fingerprints.AsNoTracking().Where(f => string.Compare(f.Number, from) > 0).OrderBy(f => f.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            try
            {
                known.Add(new Known(row.ReportId, fingerprints.Open(row.SealedFingerprint, row.ReportId)));
            }
            catch (SealBrokenException)
            {
                broken.Add(row.Number);
            }

            last = row.Number;
        }
    }

    private async Task ForgetErasedAsync(ReportsDbContext db, CancellationToken cancellationToken)
    {
        var (since, now) = (lookedForErased, time.GetUtcNow());
        var erased = await db.Tombstones.Where(t => t.ErasedAt >= since).Select(t => t.ReportId).ToHashSetAsync(cancellationToken);
        known.RemoveAll(k => erased.Contains(k.Report));
        lookedForErased = now - Overlap;
    }

    private sealed record Known(ReportId Report, Fingerprint Fingerprint);
}

/// <summary>How much two reports seem to be about the same (相似程度).</summary>
/// <param name="Score">0 to 100; from <see cref="Same"/> on it is probably one matter.</param>
internal readonly record struct Like(ReportId Report, bool SameUnit, int Score)
{
    /// <summary>Measured on written pairs (decision 0021): what is above it is right, and six in seven are found.</summary>
    public const int Same = 40;

    private const double Full = 0.4;
    private const int ForNarrative = 75;
    private const int ForUnit = 25;

    /// <summary>Worth showing: probably the same matter, or at least the same unit.</summary>
    public bool Counts => SameUnit || Score >= Same;

    public static Like Of(ReportId report, Fingerprint one, Fingerprint other)
    {
        var sameUnit = one.Unit == other.Unit;
        var narrative = Math.Min(1, one.Likeness(other) / Full) * ForNarrative;
        return new Like(report, sameUnit, (int)Math.Round(narrative + (sameUnit ? ForUnit : 0)));
    }
}
