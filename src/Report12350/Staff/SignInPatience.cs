using Microsoft.EntityFrameworkCore;
using Report12350.Data;

namespace Report12350.Staff;

/// <summary>Attempts counted on one lane (登录等候): a name tried from one place. Only keyed fingerprints are kept, for a day.</summary>
public sealed class SignInDelay
{
    public required byte[] Lane { get; init; }

    public int Attempts { get; set; }

    /// <summary>Nobody on this lane is heard before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>Lets attempts on a lane through ever more slowly; never stops them for good.</summary>
internal sealed class SignInPatience(ReportsDbContext db)
{
    public const int FreeAttempts = 5;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Counts an attempt before it is made, so that attempts at once are all counted. Null when it may be made; else when.</summary>
    public async Task<DateTimeOffset?> TryAsync(byte[] lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await db.SignInDelays.AsNoTracking().FirstOrDefaultAsync(d => d.Lane == lane, cancellationToken);
            if (known?.NotBefore > now)
                return known.NotBefore;
            if (known is null ? await BeginAsync(lane, now, cancellationToken) : await CountAsync(known, now, cancellationToken))
                return null;
        }
    }

    public Task ForgetAsync(byte[] lane, CancellationToken cancellationToken) =>
        db.SignInDelays.Where(d => d.Lane == lane).ExecuteDeleteAsync(cancellationToken);

    public Task SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = now - Kept;
        return db.SignInDelays.Where(d => d.At <= old).ExecuteDeleteAsync(cancellationToken);
    }

    private static TimeSpan WaitAfter(int attempts) =>
        attempts < FreeAttempts ? TimeSpan.Zero
        : attempts - FreeAttempts > 5 ? LongestWait
        : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << (attempts - FreeAttempts)));

    private async Task<bool> BeginAsync(byte[] lane, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var begun = db.SignInDelays.Add(new SignInDelay { Lane = lane, Attempts = 1, NotBefore = now, At = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException taken) when (taken.IsDuplicate())
        {
            return false;
        }
        finally
        {
            begun.State = EntityState.Detached;
        }
    }

    private async Task<bool> CountAsync(SignInDelay known, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var attempts = known.Attempts + 1;
        var notBefore = now + WaitAfter(attempts);
        return await db.SignInDelays.Where(d => d.Lane == known.Lane && d.Attempts == known.Attempts).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.Attempts, attempts).SetProperty(x => x.NotBefore, notBefore).SetProperty(x => x.At, now), cancellationToken) == 1;
    }
}
