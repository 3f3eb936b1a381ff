using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class ReceiptDerivationTests
{
    private const string KnownRing = """
        {"SitePepper":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","SiteSalt":"AAECAwQFBgcICQoLDA0ODw==","IndexKey":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","SessionKey":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","SigningSeed":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
        """;

    [Fact]
    public async Task A_receipt_always_gives_the_same_two_different_keys()
    {
        using var temp = new TempRing();
        var receipt = Receipt.Generate();

        var first = new ReceiptDerivation(temp.Ring).Derive(receipt);
        var second = await new ReceiptDerivation(KeyRing.OpenOrCreate(temp.Folder)).DeriveAsync(receipt, TestContext.Current.CancellationToken);

        second.LookupId.ShouldBe(first.LookupId);
        second.ReceiptKey.ShouldBe(first.ReceiptKey);
        first.LookupId.ShouldNotBe(first.ReceiptKey);
        first.LookupId.Length.ShouldBe(32);
    }

    [Fact]
    public void Another_receipt_or_another_site_gives_other_keys()
    {
        using var here = new TempRing();
        using var there = new TempRing();
        var receipt = Receipt.Generate();
        ReceiptKeys[] all =
        [
            new ReceiptDerivation(here.Ring).Derive(receipt),
            new ReceiptDerivation(there.Ring).Derive(receipt),
            new ReceiptDerivation(here.Ring).Derive(Receipt.Generate()),
        ];

        all.SelectMany(keys => new[] { keys.LookupId, keys.ReceiptKey }).Select(Convert.ToHexString).Distinct().Count().ShouldBe(6);
    }

    /// <summary>Made by another implementation: were this to change, no reporter could come back to a report.</summary>
    [Fact]
    public void A_receipt_given_out_long_ago_still_leads_to_its_report()
    {
        using var temp = new TempRing(KnownRing);
        Receipt.TryParse("12345 67890 12345 67890 12346", out var receipt).ShouldBeTrue();

        var keys = new ReceiptDerivation(temp.Ring).Derive(receipt);

        Convert.ToHexStringLower(keys.LookupId).ShouldBe("dbcf95beb48b4a5d9d5206ddf6dbaab156e9d2fbfb02c67405752290287b53f2");
        Convert.ToHexStringLower(keys.ReceiptKey).ShouldBe("cf0d762daea266cb5df584c241417320a071c95407ff6a3e42ad6b5285c17e06");
    }
}
