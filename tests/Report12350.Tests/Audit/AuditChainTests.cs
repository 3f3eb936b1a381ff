using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tracking;

namespace Report12350.Tests.Audit;

public abstract class AuditChainTests(ReportApplication app)
{
    /// <summary>Every column, changed as little as its kind allows.</summary>
    public static TheoryData<string, string> Columns() => new()
    {
        { "Act", "\"Act\" = 'openReport'" },
        { "Role", "\"Role\" = 'Operator'" },
        { "Role unreadable", "\"Role\" = 'Eispatcher'" },
        { "Role gone", "\"Role\" = NULL" },
        { "Department", "\"Department\" = 'awc'" },
        { "Department empty", "\"Department\" = ''" },
        { "Refused", "\"Refused\" = {true}" },
        { "StaffId", "\"StaffId\" = '00000000-0000-0000-0000-000000000001'" },
        { "StaffId gone", "\"StaffId\" = NULL" },
        { "ReportId", "\"ReportId\" = NULL" },
        { "At", "\"At\" = \"At\" + {microsecond}" },
        { "Hash", "\"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = {row} - 1)" },
        { "Id", "\"Id\" = 100000" },
    };

    [Theory, MemberData(nameof(Columns))]
    public async Task A_changed_column_names_the_row(string what, string change)
    {
        var row = await OpeningAsync();
        await app.HarmAsync(() => app.SqlAsync($"UPDATE \"Audit\" SET {Spelt(change, row)} WHERE \"Id\" = {row}"), async () =>
        {
            var found = await VerifyAsync();
            found.Row.ShouldBe(row, what);
            found.Fault.ShouldBe(what == "Id" ? AuditFault.Missing : AuditFault.Changed);
            found.Entries.ShouldBe(row - 1);
        });
        (await VerifyAsync()).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_row_in_turn_is_named_when_it_is_changed()
    {
        await OpeningAsync();
        var entries = (await VerifyAsync()).Entries;
        foreach (var row in Enumerable.Range(1, (int)Math.Min(entries, 40)))
        {
            await app.HarmAsync(() => app.SqlAsync($"UPDATE \"Audit\" SET \"Act\" = \"Act\" || 'x' WHERE \"Id\" = {row}"), async () =>
                (await VerifyAsync()).Row.ShouldBe(row));
        }
    }

    [Fact]
    public async Task A_deleted_row_is_named()
    {
        var row = await OpeningAsync();
        await app.HarmAsync(() => app.SqlAsync($"DELETE FROM \"Audit\" WHERE \"Id\" = {row}"), async () =>
            Of(await VerifyAsync()).ShouldBe((AuditFault.Missing, row, null)));
    }

    [Fact]
    public async Task A_row_deleted_and_those_after_it_moved_up_is_named()
    {
        var row = await OpeningAsync();
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync($"DELETE FROM \"Audit\" WHERE \"Id\" = {row}");
            await app.SqlAsync($"UPDATE \"Audit\" SET \"Id\" = -\"Id\" WHERE \"Id\" > {row}");
            await app.SqlAsync("UPDATE \"Audit\" SET \"Id\" = -\"Id\" - 1 WHERE \"Id\" < 0");
        }, async () => (await VerifyAsync()).Row.ShouldBe(row));
    }

    [Fact]
    public async Task Two_rows_exchanged_are_both_named()
    {
        var row = await OpeningAsync();
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync($"UPDATE \"Audit\" SET \"Id\" = -1 WHERE \"Id\" = {row - 1}");
            await app.SqlAsync($"UPDATE \"Audit\" SET \"Id\" = {row - 1} WHERE \"Id\" = {row}");
            await app.SqlAsync($"UPDATE \"Audit\" SET \"Id\" = {row} WHERE \"Id\" = -1");
        }, async () => Of(await VerifyAsync()).ShouldBe((AuditFault.Exchanged, row - 1, row)));
    }

    [Fact]
    public async Task A_deleted_tail_is_found_by_the_head_and_when_that_is_set_back_by_the_checkpoint()
    {
        await OpeningAsync();
        var (whole, _) = await SignAsync();
        var left = whole.Entries - 2;
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync($"DELETE FROM \"Audit\" WHERE \"Id\" > {left}");
            Of(await VerifyAsync()).ShouldBe((AuditFault.Missing, left + 1, null));
            await app.SqlAsync($"UPDATE \"AuditHead\" SET \"Sequence\" = {left}, \"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = {left})");
        }, async () =>
        {
            var (fault, row, signed) = Of(await VerifyAsync());
            (fault, row).ShouldBe((AuditFault.Missing, left + 1));
            signed.ShouldNotBeNull().ShouldBeInRange(left + 1, whole.Entries, "the site's own daily checkpoint may be the one");
        });
    }

    [Fact]
    public async Task A_tail_deleted_together_with_its_checkpoints_is_found_by_a_published_one()
    {
        await OpeningAsync();
        var (whole, checkpoint) = await SignAsync();
        var left = whole.Entries - 1;
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync($"DELETE FROM \"Audit\" WHERE \"Id\" > {left}");
            await app.SqlAsync($"DELETE FROM \"AuditCheckpoints\" WHERE \"Sequence\" > {left}");
            await app.SqlAsync($"UPDATE \"AuditHead\" SET \"Sequence\" = {left}, \"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = {left})");
            (await VerifyAsync()).IsWhole.ShouldBeTrue();
        }, async () => Of(await VerifyAsync(checkpoint!.Statement)).ShouldBe((AuditFault.Missing, left + 1, whole.Entries)));
    }

    [Fact]
    public async Task A_row_appended_by_hand_is_named_with_and_without_the_head()
    {
        var last = await OpeningAsync();
        await app.HarmAsync(async () =>
        {
            await app.SqlAsync($"INSERT INTO \"Audit\" (\"Id\", \"At\", \"Act\", \"Refused\", \"Hash\") SELECT \"Id\" + 1, \"At\", \"Act\", \"Refused\", \"Hash\" FROM \"Audit\" WHERE \"Id\" = {last}");
            Of(await VerifyAsync()).ShouldBe((AuditFault.Foreign, last + 1, null));
            await app.SqlAsync("UPDATE \"AuditHead\" SET \"Sequence\" = \"Sequence\" + 1");
        }, async () => Of(await VerifyAsync()).ShouldBe((AuditFault.Changed, last + 1, null)));
    }

    [Theory]
    [InlineData("UPDATE \"AuditHead\" SET \"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = 1)")]
    [InlineData("DELETE FROM \"AuditHead\"")]
    public async Task A_changed_head_is_noticed(string change)
    {
        await OpeningAsync();
        await app.HarmAsync(() => app.SqlAsync(change), async () => (await VerifyAsync()).Fault.ShouldBe(AuditFault.HeadChanged));
    }

    [Theory]
    [InlineData("\"Statement\" = replace(\"Statement\", 'time: 2', 'time: 3')")]
    [InlineData("\"Statement\" = 'nothing'")]
    [InlineData("\"Sequence\" = \"Sequence\" + 1000")]
    public async Task A_changed_checkpoint_is_named(string change)
    {
        await OpeningAsync();
        var (whole, _) = await SignAsync();
        await app.HarmAsync(() => app.SqlAsync($"UPDATE \"AuditCheckpoints\" SET {change} WHERE \"Sequence\" = {whole.Entries}"), async () =>
            (await VerifyAsync()).Fault.ShouldBe(AuditFault.CheckpointForged));
    }

    [Fact]
    public async Task A_broken_chain_is_not_signed()
    {
        var row = await OpeningAsync();
        await app.HarmAsync(() => app.SqlAsync($"UPDATE \"Audit\" SET \"Act\" = 'x' WHERE \"Id\" = {row}"), async () =>
            (await SignAsync()).Checkpoint.ShouldBeNull());
    }

    [Fact]
    public async Task Many_who_act_and_read_at_once_make_one_chain_without_gaps()
    {
        var hands = new[] { await app.As(Role.Dispatcher), await app.As(Role.Dispatcher, "awb", "2") };
        var reports = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.FileAsync()));
        await Task.WhenAll(reports.SelectMany((filed, i) => new Func<Task>[]
        {
            () => hands[i % 2].Send(new ReadCase(filed.Number)),
            async () => await hands[(i + 1) % 2].Send(new AcceptReport(filed.Id, await app.VersionAsync(filed.Id))),
            () => hands[i % 2].Send(new ReadCase(filed.Number)),
        }.Select(act => act())));

        var found = await VerifyAsync();

        found.IsWhole.ShouldBeTrue($"{found}");
        var ids = reports.Select(r => (ReportId?)r.Id).ToList();
        (await app.Read(db => db.Audit.CountAsync(e => ids.Contains(e.ReportId)))).ShouldBe(36);
        (await app.Read(db => db.Audit.CountAsync())).ShouldBe((int)found.Entries);
    }

    [Fact]
    public async Task An_act_that_failed_leaves_no_entry_and_no_gap()
    {
        var filed = await app.FileAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        await Should.ThrowAsync<Messaging.StaleException>(() => dispatcher.Send(new AcceptReport(filed.Id, 99)));

        await dispatcher.Send(new AcceptReport(filed.Id, await app.VersionAsync(filed.Id)));

        (await VerifyAsync()).IsWhole.ShouldBeTrue();
        (await app.Read(db => db.Audit.CountAsync(e => e.ReportId == filed.Id && e.Act == nameof(AcceptReport)))).ShouldBe(1);
    }

    [Fact]
    public async Task The_program_itself_cannot_change_an_entry()
    {
        await OpeningAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => app.Read(async db =>
        {
            db.Audit.Remove(await db.Audit.OrderBy(e => e.Id).FirstAsync());
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Each_day_has_one_checkpoint()
    {
        await OpeningAsync();
        var watch = app.Services.GetRequiredService<AuditWatch>();
        app.Time.Advance(TimeSpan.FromDays(1));
        await watch.RunAsync(TestContext.Current.CancellationToken);
        await OpeningAsync();
        var before = await app.Read(db => db.AuditCheckpoints.CountAsync());
        await watch.RunAsync(TestContext.Current.CancellationToken);
        (await app.Read(db => db.AuditCheckpoints.CountAsync())).ShouldBe(before);
        app.Time.Advance(TimeSpan.FromDays(1));
        await watch.RunAsync(TestContext.Current.CancellationToken);
        (await app.Read(db => db.AuditCheckpoints.CountAsync())).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_start_later_than_the_key_ring_vouches_for_is_not_believed()
    {
        var row = await OpeningAsync();
        await app.SqlAsync($"UPDATE \"KeyRingMarks\" SET \"AuditFrom\" = {row}, \"AuditBefore\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Id\" = {row})");
        await app.HarmAsync(() => app.SqlAsync($"UPDATE \"Audit\" SET \"Act\" = 'openReport' WHERE \"Id\" = {row}"), async () =>
            Of(await VerifyAsync()).ShouldBe((AuditFault.Changed, row, null)));
        await app.SqlAsync("UPDATE \"KeyRingMarks\" SET \"AuditFrom\" = 0");
    }

    private static (AuditFault? Fault, long Row, long? Other) Of(AuditFinding found) => (found.Fault, found.Row, found.Other);

    private string Spelt(string change, long row) => change
        .Replace("{row}", $"{row}", StringComparison.Ordinal)
        .Replace("{true}", app is PostgresApplication ? "true" : "1", StringComparison.Ordinal)
        .Replace("{microsecond}", app is PostgresApplication ? "interval '1 microsecond'" : "1", StringComparison.Ordinal);

    /// <summary>Somebody opens a report: the row of it, which is the chain's last.</summary>
    private async Task<long> OpeningAsync()
    {
        var filed = await app.FileAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        await dispatcher.Send(new ReadCase(filed.Number));
        return await app.Read(db => db.Audit.MaxAsync(e => e.Id));
    }

    private async Task<AuditFinding> VerifyAsync(params IReadOnlyList<string> published)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditChain>().VerifyAsync(published, TestContext.Current.CancellationToken);
    }

    private async Task<(AuditFinding Finding, AuditCheckpoint? Checkpoint)> SignAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditChain>().SignAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class AuditChainOnSqliteTests(SqliteApplication app) : AuditChainTests(app), IClassFixture<SqliteApplication>;

public sealed class AuditChainOnPostgresTests(PostgresApplication app) : AuditChainTests(app), IClassFixture<PostgresApplication>;
