using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class ReceiptMintTests
{
    [Fact]
    public async Task Fifty_takers_at_once_get_fifty_receipts()
    {
        using var temp = new TempRing();
        using var mint = new ReceiptMint(new ReceiptDerivation(temp.Ring), ready: 8);
        await mint.StartAsync(TestContext.Current.CancellationToken);

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => mint.TakeAsync().AsTask())));
        await mint.StopAsync(TestContext.Current.CancellationToken);

        taken.Select(minted => minted.Receipt).Distinct().Count().ShouldBe(50);
        taken.Select(minted => Convert.ToHexString(minted.Keys.LookupId)).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task A_minted_receipt_carries_its_own_keys()
    {
        using var temp = new TempRing();
        var derivation = new ReceiptDerivation(temp.Ring);
        using var mint = new ReceiptMint(derivation, ready: 2);

        var whenEmpty = await mint.TakeAsync(TestContext.Current.CancellationToken);
        await mint.StartAsync(TestContext.Current.CancellationToken);
        FillUp(mint);
        var whenFull = await mint.TakeAsync(TestContext.Current.CancellationToken);
        await mint.StopAsync(TestContext.Current.CancellationToken);

        foreach (var minted in new[] { whenEmpty, whenFull })
        {
            var keys = derivation.Derive(minted.Receipt);
            minted.Keys.LookupId.ShouldBe(keys.LookupId);
            minted.Keys.ReceiptKey.ShouldBe(keys.ReceiptKey);
        }
    }

    [Fact]
    public async Task The_store_fills_up_again_and_no_further()
    {
        using var temp = new TempRing();
        using var mint = new ReceiptMint(new ReceiptDerivation(temp.Ring), ready: 3);
        await mint.StartAsync(TestContext.Current.CancellationToken);

        FillUp(mint);
        var first = await mint.TakeAsync(TestContext.Current.CancellationToken);
        FillUp(mint);
        var second = await mint.TakeAsync(TestContext.Current.CancellationToken);
        await mint.StopAsync(TestContext.Current.CancellationToken);

        mint.Held.ShouldBeLessThanOrEqualTo(3);
        second.Receipt.ShouldNotBe(first.Receipt);
    }

    private static void FillUp(ReceiptMint mint) =>
        SpinWait.SpinUntil(() => mint.Held == mint.Ready, TimeSpan.FromMinutes(1)).ShouldBeTrue();
}
