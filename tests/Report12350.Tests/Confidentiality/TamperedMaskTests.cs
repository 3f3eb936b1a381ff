using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Redaction;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using Report12350.Tests.Redaction;

namespace Report12350.Tests.Confidentiality;

/// <summary>Masks altered in the database, or moved to another report, uncover nothing: they open no more.</summary>
public abstract class TamperedMaskTests(ReportApplication app)
{
    [Fact]
    public async Task Masks_and_masked_copies_altered_or_exchanged_break_their_seals()
    {
        var (masked, other) = (await FixedAsync(), await FixedAsync());
        var (lead, committee, number) = (await masked.Hands.Lead, await app.As(Role.CommitteeMember), masked.Filed.Number);
        List<(string Table, string Column, Func<Task> Read)> sealedColumns =
        [
            ("MaskSheets", "SealedMasks", () => lead.Send(new ReadMasks(number))),
            ("MaskSheets", "SealedCopy", () => committee.Send(new ReadReward(number))),
            ("MaskSheets", "SealedKey", ShareAsync),
            ("MaskedPictures", "SealedPicture", () => committee.Send(new ReadMaskedPicture(number, 1))),
        ];
        foreach (var (table, column, read) in sealedColumns)
        {
            await read();
            var values = await app.ValuesAsync(table, column);
            values.Count.ShouldBe(2);
            foreach (var at in new[] { (Index)0, 2, 8, 40, ^1 })
            {
                foreach (var value in values)
                    await app.ReplaceAsync(table, column, value, SealedColumns.Flipped(value, at.GetOffset(value.Length)));
                await Should.ThrowAsync<SealBrokenException>(read, $"{table}.{column} at {at}");
                foreach (var value in values)
                    await app.ReplaceAsync(table, column, SealedColumns.Flipped(value, at.GetOffset(value.Length)), value);
            }

            await app.SwapAsync(table, column, values[0], values[1]);
            await Should.ThrowAsync<SealBrokenException>(read, $"{table}.{column} exchanged");
            await app.SwapAsync(table, column, values[1], values[0]);
        }

        other.Filed.Number.ShouldNotBe(number);

        async Task ShareAsync()
        {
            var version = await masked.Hands.Version;
            await lead.Send(masked.Filed.Id, opened => new ShareMasked(opened, version, "某机关"));
        }
    }

    private async Task<MaskedCase> FixedAsync()
    {
        var masked = await MaskedCase.OfAsync(app);
        await masked.MaskAsync(await masked.Hands.Officer);
        await masked.FixAsync(await masked.Hands.Lead);
        return masked;
    }
}

public sealed class TamperedMaskOnSqliteTests(SqliteApplication app) : TamperedMaskTests(app), IClassFixture<SqliteApplication>;

public sealed class TamperedMaskOnPostgresTests(PostgresApplication app) : TamperedMaskTests(app), IClassFixture<PostgresApplication>;
