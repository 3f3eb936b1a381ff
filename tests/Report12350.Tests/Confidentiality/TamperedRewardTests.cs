using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using Report12350.Tests.Rewards;

namespace Report12350.Tests.Confidentiality;

/// <summary>Altered values of a reward, on a database apart: a staged reward's report has placeholders where others have seals.</summary>
public abstract class TamperedRewardTests(ReportApplication app)
{
    [Fact]
    public async Task A_dossier_and_a_payee_altered_open_nothing()
    {
        var staged = await app.StageAsync(new Staging { Until = Domain.Rewards.RewardState.Claimed });
        var (officer, cashier) = (await app.As(Role.RewardOfficer), await app.As(Role.Cashier));
        foreach (var column in new[] { "SealedDossier", "SealedPayee" })
        {
            foreach (var value in await app.ValuesAsync("RewardClaims", column))
                await app.ReplaceAsync("RewardClaims", column, value, SealedColumns.Flipped(value, 50));
        }

        await Should.ThrowAsync<SealBrokenException>(() => officer.Send(new ReadReward(staged.Number)));
        await Should.ThrowAsync<SealBrokenException>(() => cashier.Send(new ReadPayment(staged.Number)));
    }
}

public sealed class TamperedRewardOnSqliteTests(SqliteApplication app) : TamperedRewardTests(app), IClassFixture<SqliteApplication>;

public sealed class TamperedRewardOnPostgresTests(PostgresApplication app) : TamperedRewardTests(app), IClassFixture<PostgresApplication>;
