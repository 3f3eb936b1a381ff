using System.Security.Cryptography;
using CsCheck;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class EnvelopeTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly Place Narrative = new("Reports", "Narrative", "7");

    [Fact]
    public void What_is_sealed_opens_again() => Gen.Byte.Array[0, 20000].Sample(
        plaintext => Envelope.Open(Key, Envelope.Seal(Key, plaintext, Narrative), Narrative).ShouldBe(plaintext), iter: 200);

    [Theory]
    [InlineData("Reporters", "Narrative", "7")]
    [InlineData("Reports", "Address", "7")]
    [InlineData("Reports", "Narrative", "8")]
    [InlineData("Reports", "Narrative", "")]
    public void A_value_moved_elsewhere_does_not_open(string table, string column, string row)
    {
        var envelope = Envelope.SealText(Key, "text", Narrative);

        Should.Throw<SealBrokenException>(() => Envelope.OpenText(Key, envelope, new Place(table, column, row)));
    }

    [Fact]
    public void Another_key_does_not_open() => Should.Throw<SealBrokenException>(
        () => Envelope.Open(RandomNumberGenerator.GetBytes(32), Envelope.Seal(Key, [1], Narrative), Narrative));

    [Fact]
    public void Any_altered_byte_is_noticed()
    {
        var envelope = Envelope.Seal(Key, [1, 2, 3], Narrative);
        for (var at = 0; at < envelope.Length; at++)
        {
            var altered = envelope.ToArray();
            altered[at] ^= (byte)(1 << (at % 8));
            Should.Throw<SealBrokenException>(() => Envelope.Open(Key, altered, Narrative), $"byte {at}");
        }
    }

    [Fact]
    public void Any_cut_is_noticed()
    {
        var envelope = Envelope.Seal(Key, [1, 2, 3], Narrative);
        for (var length = 0; length < envelope.Length; length++)
        {
            Should.Throw<SealBrokenException>(() => Envelope.Open(Key, envelope.AsSpan(0, length), Narrative), $"{length} bytes");
        }
    }

    [Theory]
    [InlineData(0, 252, 256)]
    [InlineData(253, 508, 512)]
    [InlineData(4093, 8188, 8192)]
    [InlineData(8189, 16380, 16384)]
    [InlineData(16381, 24572, 24576)]
    public void Lengths_in_one_bucket_look_alike(int shortest, int longest, int bucket)
    {
        Envelope.Seal(Key, new byte[shortest], Narrative).Length.ShouldBe(33 + bucket);
        Envelope.Seal(Key, new byte[longest], Narrative).Length.ShouldBe(33 + bucket);
    }

    [Fact]
    public void The_same_text_never_seals_the_same() =>
        Envelope.SealText(Key, "text", Narrative).ShouldNotBe(Envelope.SealText(Key, "text", Narrative));

    [Fact]
    public void Short_keys_are_refused() => Should.Throw<ArgumentException>(() => Envelope.Seal(new byte[16], [1], Narrative));

    [Fact]
    public void Values_travel_as_json()
    {
        var payee = new Payee("陈先生", 120000.50m, null);

        Envelope.OpenJson<Payee>(Key, Envelope.SealJson(Key, payee, Narrative), Narrative).ShouldBe(payee);
    }

    /// <summary>Made by another implementation of the same form: what was sealed once must open in every later version.</summary>
    [Fact]
    public void An_envelope_sealed_long_ago_still_opens()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var envelope = Convert.FromBase64String(
            "AWMNzSkAAQIDBAUGBwgJCgtHAtYXIGpL8zDnfz00AcXQg9aHNPB7X3w4Z+WFHWkAsgEQrvyvwRKYdKR/7YiHKDjuWWCNWtaj2j+XKhkY4/Xu8DzGetPRJmEcVKpu748O6DiKyWJ2Y1No/f2ezHjwuY3L+FnmpEHIGp4cPrJIdSF/umdiq+PFJZpN/1fNguZuDrtSAMa018tTCOFIoT3aTMI29OM1NRGTSoxf6Hf60unuk5eeFen/zH6nY93634CGu53OyiKLq3O8Zd/Ax3HFt/MTTIr6Dd3WyTdW0+a6QdmE4X74dj0AuvFxkZrHQUiP+kMj1K/mIAMlUke4CLURfFGok7l1nTCJpRdrZ3OLnEKBTOMstnWeMd4/A8EvoDOIYQ==");

        Envelope.OpenText(key, envelope, Narrative).ShouldBe("叉车超载");
    }

    private sealed record Payee(string Name, decimal Amount, string? Note);
}
