using Report12350.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Microsoft.Extensions.DependencyInjection;

namespace Report12350.Tests.Confidentiality;

/// <summary>A value altered in the database, or moved to another row, breaks its seal; it never opens as something else.</summary>
public abstract class TamperedColumnTests(ReportApplication app)
{
    /// <summary>The columns an officer's page opens.</summary>
    public static TheoryData<string, string> OfTheCase() => new()
    {
        { "Reports", "SealedContent" },
        { "ReportKeys", "SealedKey" },
        { "GroupMembers", "SealedPrivateKey" },
        { "Timeline", "SealedText" },
        { "VerificationRecords", "SealedContent" },
        { "RectificationItems", "SealedDetails" },
        { "RectificationItems", "SealedOutcome" },
        { "EvidenceFiles", "SealedDescription" },
    };

    [Theory, MemberData(nameof(OfTheCase))]
    public async Task One_byte_altered_anywhere_in_a_value_breaks_its_seal(string table, string column)
    {
        var (filed, hands) = await CaseAsync();
        var read = () => ReadAsync(hands, filed);
        foreach (var at in new[] { (Index)0, 2, 8, 40, ^1 })
        {
            var before = await app.ValuesAsync(table, column);
            foreach (var value in before)
                await app.ReplaceAsync(table, column, value, SealedColumns.Flipped(value, at.GetOffset(value.Length)));
            await Should.ThrowAsync<SealBrokenException>(read, $"{table}.{column} at {at}");
            foreach (var value in before)
                await app.ReplaceAsync(table, column, SealedColumns.Flipped(value, at.GetOffset(value.Length)), value);
        }

        await read();
    }

    [Theory]
    [InlineData("Timeline", "SealedText")]
    [InlineData("RectificationItems", "SealedDetails")]
    [InlineData("RectificationItems", "SealedOutcome")]
    [InlineData("EvidenceFiles", "SealedDescription")]
    [InlineData("Reports", "SealedContent")]
    [InlineData("Reports", "KeyForReceipt")]
    public async Task Values_of_two_rows_exchanged_break_both_seals(string table, string column)
    {
        var (filed, hands) = await CaseAsync();
        var values = await app.ValuesAsync(table, column);
        values.Count.ShouldBeGreaterThan(1);
        for (var i = 0; i + 1 < values.Count; i += 2)
            await app.SwapAsync(table, column, values[i], values[i + 1]);

        Func<Task> read = column == "KeyForReceipt" ? () => PassAsync(filed.Receipt) : () => ReadAsync(hands, filed);
        await Should.ThrowAsync<SealBrokenException>(read);
        for (var i = 0; i + 1 < values.Count; i += 2)
            await app.SwapAsync(table, column, values[i + 1], values[i]);
        await read();
    }

    [Fact]
    public async Task A_key_altered_for_the_receipt_opens_nothing()
    {
        var (filed, _) = await CaseAsync();
        foreach (var value in await app.ValuesAsync("Reports", "KeyForReceipt"))
            await app.ReplaceAsync("Reports", "KeyForReceipt", value, SealedColumns.Flipped(value, 30));
        await Should.ThrowAsync<SealBrokenException>(() => PassAsync(filed.Receipt));
        foreach (var value in await app.ValuesAsync("Reports", "KeyForReceipt"))
            await app.ReplaceAsync("Reports", "KeyForReceipt", value, SealedColumns.Flipped(value, 30));
        await PassAsync(filed.Receipt);
    }

    private static async Task ReadAsync(CaseHands hands, Filed filed) => await (await hands.Officer).Send(new ReadCase(filed.Number));

    private async Task PassAsync(string receipt)
    {
        await using var scope = app.Services.CreateAsyncScope();
        Receipt.TryParse(receipt, out var typed).ShouldBeTrue();
        await scope.ServiceProvider.GetRequiredService<ReportOpener>().PassForReceiptAsync(typed, TestContext.Current.CancellationToken);
    }

    /// <summary>A report with something in every sealed column, and another beside it.</summary>
    private async Task<(Filed Filed, CaseHands Hands)> CaseAsync()
    {
        if (Known.TryGetValue(app, out var known))
            return known;
        await app.FileAsync();
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        await app.NoteAsync(filed, "内部备注");
        Known[app] = (filed, hands);
        return (filed, hands);
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<ReportApplication, (Filed, CaseHands)> Known = [];
}

public sealed class TamperedColumnOnSqliteTests(SqliteApplication app) : TamperedColumnTests(app), IClassFixture<SqliteApplication>;

public sealed class TamperedColumnOnPostgresTests(PostgresApplication app) : TamperedColumnTests(app), IClassFixture<PostgresApplication>;
