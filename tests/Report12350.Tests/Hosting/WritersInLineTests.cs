using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Data;

namespace Report12350.Tests.Hosting;

/// <summary>写入排队 on SQLite: whatever becomes of one write, the next has its turn.</summary>
public sealed class WritersInLineTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Theory]
    [InlineData("committed")]
    [InlineData("rolled back")]
    [InlineData("given up")]
    public async Task The_next_writer_has_its_turn_when_one_has(string end)
    {
        using var first = app.Services.CreateScope();
        using var second = app.Services.CreateScope();
        var transaction = await Begin(first);
        var waiting = Begin(second);
        waiting.IsCompleted.ShouldBeFalse();
        if (end == "committed")
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        else if (end == "rolled back")
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        await transaction.DisposeAsync();
        await (await waiting).DisposeAsync();
        await (await Begin(first)).DisposeAsync();
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_turn()
    {
        using var first = app.Services.CreateScope();
        using var second = app.Services.CreateScope();
        using var gone = new CancellationTokenSource();
        await using (await Begin(first))
        {
            var waiting = second.ServiceProvider.GetRequiredService<ReportsDbContext>().Database.BeginTransactionAsync(gone.Token);
            await gone.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        }

        await (await Begin(second)).DisposeAsync();
    }

    private static Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> Begin(IServiceScope scope) =>
        scope.ServiceProvider.GetRequiredService<ReportsDbContext>().Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
}
