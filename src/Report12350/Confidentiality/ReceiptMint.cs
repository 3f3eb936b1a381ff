using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Report12350.Confidentiality;

/// <summary>A receipt with its keys already derived (预制查询码).</summary>
public sealed record MintedReceipt(Receipt Receipt, ReceiptKeys Keys);

/// <summary>The store of receipts derived ahead (查询码预制), in memory only, so that filing does not wait for Argon2id.</summary>
public sealed class ReceiptMint(ReceiptDerivation derivation, int ready = 512) : BackgroundService
{
    private readonly BlockingCollection<MintedReceipt> store = new(ready);

    public int Ready { get; } = ready;

    public int Held => store.Count;

    public ValueTask<MintedReceipt> TakeAsync(CancellationToken cancellationToken = default) =>
        store.TryTake(out var minted) ? new ValueTask<MintedReceipt>(minted) : new ValueTask<MintedReceipt>(MintNowAsync(cancellationToken));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => FillUp(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task<MintedReceipt> MintNowAsync(CancellationToken cancellationToken)
    {
        var receipt = Receipt.Generate();
        return new MintedReceipt(receipt, await derivation.DeriveAsync(receipt, cancellationToken));
    }

    private void FillUp(CancellationToken stoppingToken)
    {
        YieldToVisitors();
        while (true)
        {
            var receipt = Receipt.Generate();
            store.Add(new MintedReceipt(receipt, derivation.Derive(receipt)), stoppingToken);
        }
    }

    private static void YieldToVisitors()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
        {
            _ = Libc.Nice(10);
        }
    }
}
