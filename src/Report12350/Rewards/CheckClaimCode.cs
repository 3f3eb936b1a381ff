using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;

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

/// <summary>核对编号和领奖密码. Slow on purpose and outside any transaction; unknown numbers cost the same and are locked the same.</summary>
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

internal sealed class CheckClaimCodeHandler(ReportsDbContext db, IMediator mediator, KeyRing ring, UnknownNumbers unknown, TimeProvider time)
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
            .Select(c => new { c.Id, c.ClaimCodeHash, c.CodeLockedUntil }).FirstOrDefaultAsync(cancellationToken);
        if ((found is null ? unknown.LockedUntil(number) : found.CodeLockedUntil) > now)
            return new ClaimCheck(ClaimCheckOutcome.Locked);
        var matches = ClaimCode.Matches(code, found?.ClaimCodeHash ?? NoHash, found?.Id ?? Guid.Empty, ring);
        if (matches && found is not null)
            return new ClaimCheck(ClaimCheckOutcome.Right, new ClaimProof(found.Id));
        if (found is null)
            unknown.WasTried(number, now);
        else
            await mediator.Send(new CountWrongCode(found.Id), cancellationToken);
        return new ClaimCheck(ClaimCheckOutcome.Wrong);
    }
}

internal sealed record CountWrongCode(Guid Claim) : ICommand<Unit>;

internal sealed class CountWrongCodeHandler(ReportsDbContext db, TimeProvider time) : IRequestHandler<CountWrongCode, Unit>
{
    public async Task<Unit> Handle(CountWrongCode request, CancellationToken cancellationToken)
    {
        (await db.LockedClaimAsync(request.Claim, cancellationToken)).CodeWasWrong(time.GetUtcNow());
        return Unit.Value;
    }
}

/// <summary>Numbers nobody has, locked after five tries like those somebody has, so that the lock tells nothing. Kept in memory only.</summary>
public sealed class UnknownNumbers
{
    private const int Most = 10_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Tries, DateTimeOffset? Until)> tried = [];

    internal DateTimeOffset? LockedUntil(string number)
    {
        lock (gate)
            return tried.GetValueOrDefault(number).Until;
    }

    internal void WasTried(string number, DateTimeOffset now)
    {
        lock (gate)
        {
            if (tried.Count >= Most)
                tried.Clear();
            var (tries, until) = tried.GetValueOrDefault(number);
            tried[number] = (tries + 1, (tries + 1) % 5 == 0 ? now.AddMinutes(15) : until);
        }
    }
}
