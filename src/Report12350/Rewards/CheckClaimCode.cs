using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;

namespace Report12350.Rewards;

public enum ClaimCheckOutcome
{
    Right,

    /// <summary>Number or code is wrong; which one is not said.</summary>
    Wrong,

    /// <summary>Five wrong codes for this number; try again after a quarter of an hour.</summary>
    Locked,
}

public sealed record ClaimCheck(ClaimCheckOutcome Outcome, ClaimProof? Proof = null);

/// <summary>核对编号和领奖密码. Slow on purpose, and nothing is written: unknown numbers cost the same and are locked the same.</summary>
public sealed record CheckClaimCode(string? Number, string? Code) : IRequest<ClaimCheck>
{
    public override string ToString() => nameof(CheckClaimCode);
}

public sealed class CheckClaimCodeValidator : AbstractValidator<CheckClaimCode>
{
    public CheckClaimCodeValidator()
    {
        RuleFor(c => c.Number).Must(number => CheckClaimCodeHandler.Digits(number).Length is > 0 and <= 20).WithMessage("rewards.claim.error.number");
        RuleFor(c => c.Code).Must(ClaimCode.IsLongEnough).WithMessage("rewards.claim.error.code")
            .MaximumLength(200).WithMessage("rewards.claim.error.code");
    }
}

internal sealed class CheckClaimCodeHandler(ReportsDbContext db, KeyRing ring, TriedNumbers tried, TimeProvider time)
    : IRequestHandler<CheckClaimCode, ClaimCheck>
{
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);
    private static readonly byte[] NoHash = new byte[Envelope.KeyLength];

    public static string Digits(string? number) => string.Concat((number ?? "").Where(char.IsAsciiDigit));

    /// <summary>The lock is looked at within the turn, so many guesses at once are no way around it.</summary>
    public async Task<ClaimCheck> Handle(CheckClaimCode request, CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return await CheckAsync(Digits(request.Number), request.Code!, cancellationToken);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task<ClaimCheck> CheckAsync(string number, string code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await db.RewardClaims.AsNoTracking().Where(c => c.Number == number && c.ClaimCodeHash != null)
            .Select(c => new { c.Id, c.ClaimCodeHash }).FirstOrDefaultAsync(cancellationToken);
        if (tried.AreLocked(number, now))
            return new ClaimCheck(ClaimCheckOutcome.Locked);
        if (ClaimCode.Matches(code, found?.ClaimCodeHash ?? NoHash, found?.Id ?? Guid.Empty, ring) && found is not null)
            return new ClaimCheck(ClaimCheckOutcome.Right, new ClaimProof(found.Id));
        tried.Count(number, now);
        return new ClaimCheck(ClaimCheckOutcome.Wrong);
    }
}

/// <summary>Numbers tried with a wrong code (试错编号), in memory only: five tries lock a number for a quarter of an hour, whether anyone has it or not.</summary>
/// <remarks>Counting in the database would take time for numbers that are somebody's only, and tell them from the others.</remarks>
public sealed class TriedNumbers
{
    private const int Most = 100_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset Last)> tried = [];

    internal bool AreLocked(string number, DateTimeOffset now)
    {
        lock (gate)
            return tried.TryGetValue(number, out var seen) && seen.Tries >= 5 && seen.Last + Remembered > now;
    }

    internal void Count(string number, DateTimeOffset now)
    {
        lock (gate)
        {
            if (tried.Count >= Most)
                MakeRoom(now);
            var seen = tried.GetValueOrDefault(number);
            tried[number] = (seen.Last + Remembered > now ? seen.Tries + 1 : 1, now);
        }
    }

    /// <summary>A try takes a slow hash, so a quarter of an hour never fills this; if it does, the oldest tenth goes.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        var oldest = tried.OrderBy(t => t.Value.Last).Select((t, i) => (t.Key, t.Value.Last, i)).ToList();
        foreach (var (number, last, i) in oldest)
        {
            if (i < Most / 10 || last + Remembered <= now)
                tried.Remove(number);
        }
    }
}
