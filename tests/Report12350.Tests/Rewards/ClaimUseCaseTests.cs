using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Rewards;

/// <summary>The claim code, its lock and the days to claim. Each test has a clock of its own to move.</summary>
public abstract class ClaimUseCaseTests(ReportApplication app) : IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        var missing = app is PostgresApplication && PostgresApplication.ServerConnection is null && Environment.GetEnvironmentVariable("CI") is null;
        Assert.SkipWhen(missing, "PostgreSQL is not there: REPORT12350_TEST_POSTGRES is not set. ./test.sh starts it.");
        return app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_number_for_a_quarter_of_an_hour()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        await TryFiveAsync(staged.Number);
        (await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode))).Outcome.ShouldBe(ClaimCheckOutcome.Locked);
        app.Time.Advance(TimeSpan.FromMinutes(15));
        (await app.Send(new CheckClaimCode(staged.Number, $" {staged.ClaimCode} "))).Outcome.ShouldBe(ClaimCheckOutcome.Right);
    }

    [Fact]
    public async Task A_number_nobody_has_is_answered_and_locked_the_same()
    {
        await TryFiveAsync("20269999990");
        (await app.Send(new CheckClaimCode("20269999990", "12345 67890"))).Outcome.ShouldBe(ClaimCheckOutcome.Locked);
    }

    [Fact]
    public async Task After_sixty_days_the_reward_is_forfeited_and_the_money_free()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var proof = (await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode))).Proof!;
        var before = await app.FundAsync();
        var overdue = app.Services.GetRequiredService<ForfeitOverdueClaims>();
        app.Time.Advance(TimeSpan.FromDays(59));
        await overdue.RunAsync(CancellationToken.None);
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.ClaimOpen);

        app.Time.Advance(TimeSpan.FromDays(1));
        await overdue.RunAsync(CancellationToken.None);
        (await app.ClaimAsync(staged.Claim)).State.ShouldBe(RewardState.Forfeited);
        (await app.FundAsync()).Free.ShouldBe(before.Free + RewardStage.Amount);
        (await Should.ThrowAsync<RuleBrokenException>(() => app.Send(new ClaimReward(proof, null)))).Code.ShouldBe("rule.RewardNotAllowedInState");
    }

    [Fact]
    public async Task The_days_to_claim_can_be_extended_with_a_reason()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var officer = await app.As(Role.RewardOfficer, person: Guid.NewGuid().ToString("N")[..6]);
        var day = app.Profile.DeadlinesOn(new DateOnly(2026, 3, 2)).LegalDay(app.Time.GetUtcNow()).AddDays(90);
        await officer.Send(app, staged.Claim, v => new ExtendClaim(staged.Claim, v, day, "举报人住院"));
        var file = await officer.Send(new ReadReward(staged.Number));
        file.LastDay.ShouldBe(day);
        file.Dossier!.Notes.ShouldHaveSingleItem().Text.ShouldBe("举报人住院");
        (await Should.ThrowAsync<RuleBrokenException>(() => officer.Send(app, staged.Claim, v => new ExtendClaim(staged.Claim, v, day, "再次")))).Code.ShouldBe("rule.ClaimExtensionInvalid");
        (await Should.ThrowAsync<RuleBrokenException>(() => officer.Send(app, staged.Claim, v => new ForfeitReward(staged.Claim, v)))).Code.ShouldBe("rule.ClaimStillOpen");
    }

    [Fact]
    public async Task The_reporter_follows_the_reward_by_receipt_and_staff_do_not()
    {
        var filed = await app.FileAsync(claimCode: "12345 67890");
        var opened = await app.OpenAsync(filed.Receipt);
        var progress = await app.Send(new ReadRewardProgress(opened));
        progress.State.ShouldBe(RewardState.Pending);
        progress.Amount.ShouldBeNull();
        await Should.ThrowAsync<NotPermittedException>(() => app.Send(new ReadRewardProgress(new OpenedReport(filed.Id, ContentKey.Generate(), byReporter: false))));
    }

    [Fact]
    public async Task A_claimants_cookie_runs_out()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.ClaimOpen });
        var passes = app.Services.GetRequiredService<ClaimPasses>();
        var pass = passes.Seal((await app.Send(new CheckClaimCode(staged.Number, staged.ClaimCode))).Proof!);
        passes.Open(pass).ShouldNotBeNull();
        passes.Open(pass[..^4] + "AAAA").ShouldBeNull();
        app.Time.Advance(TimeSpan.FromMinutes(20));
        passes.Open(pass).ShouldBeNull();
    }

    private async Task TryFiveAsync(string number)
    {
        for (var i = 0; i < 5; i++)
            (await app.Send(new CheckClaimCode(number, $"wrong code {i}"))).Outcome.ShouldBe(ClaimCheckOutcome.Wrong);
    }
}

public sealed class ClaimUseCaseOnSqliteTests() : ClaimUseCaseTests(new SqliteApplication());

public sealed class ClaimUseCaseOnPostgresTests() : ClaimUseCaseTests(new PostgresApplication());
