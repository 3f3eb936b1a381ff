using System.Security.Cryptography;
using CsCheck;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class SealedBoxTests
{
    private static readonly KeyPair Recipient = KeyPair.Generate();
    private static readonly Place Grant = new("ReportKeys", "SealedKey", "7/dept:fire");

    [Fact]
    public void The_owner_of_the_private_half_opens_the_box() => Gen.Byte.Array[0, 600].Sample(
        plaintext =>
        {
            var box = SealedBox.Seal(Recipient.PublicKey, plaintext, Grant);
            SealedBox.Open(KeyPair.From(Recipient.PrivateKey), box, Grant).ShouldBe(plaintext);
        },
        iter: 100);

    [Fact]
    public void Nobody_else_opens_the_box()
    {
        var box = SealedBox.Seal(Recipient.PublicKey, [1, 2, 3], Grant);

        Should.Throw<SealBrokenException>(() => SealedBox.Open(KeyPair.Generate(), box, Grant));
    }

    [Fact]
    public void A_box_moved_to_another_row_does_not_open()
    {
        var box = SealedBox.Seal(Recipient.PublicKey, [1, 2, 3], Grant);

        Should.Throw<SealBrokenException>(() => SealedBox.Open(Recipient, box, Grant with { Row = "8/dept:fire" }));
    }

    [Fact]
    public void Any_altered_or_missing_byte_is_noticed()
    {
        var box = SealedBox.Seal(Recipient.PublicKey, [1, 2, 3], Grant);
        for (var at = 0; at < box.Length; at++)
        {
            var altered = box.ToArray();
            altered[at] ^= 0x80;
            Should.Throw<SealBrokenException>(() => SealedBox.Open(Recipient, altered, Grant), $"byte {at}");
            Should.Throw<SealBrokenException>(() => SealedBox.Open(Recipient, box.AsSpan(0, at), Grant), $"{at} bytes");
        }
    }

    [Fact]
    public void A_key_that_gives_no_secret_is_refused()
    {
        Should.Throw<ArgumentException>(() => SealedBox.Seal(new byte[32], [1], Grant));
        Should.Throw<ArgumentException>(() => SealedBox.Seal(new byte[31], [1], Grant));

        byte[] forged = [2, .. new byte[32], .. Envelope.Seal(RandomNumberGenerator.GetBytes(32), [1], Grant)];
        Should.Throw<SealBrokenException>(() => SealedBox.Open(Recipient, forged, Grant));
    }

    /// <summary>Made by another implementation of the same form.</summary>
    [Fact]
    public void A_box_sealed_long_ago_still_opens()
    {
        var recipient = KeyPair.From([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        var box = Convert.FromBase64String(
            "AjWActY2WIDRruoymt+RITg4Ue0hoo47dell0NLNFmJUAeY23+0AAQIDBAUGBwgJCgsf7ZnluN9VptyCcGbifckILNhIw2vUFg34dbJ7l1+pfgnGmMkptBrTBoTDOE9wVq4ZWmSXrIm8371o46vl/07wr+ewGhzWQmQckPZ8zwNSM1Hw4rBWQCFqgzAJyCE7LbiqBguZbvQ+5ZsitguSjaANdPskH5xMo+IUwfsZXK6t66m8YjdDyhJI8vGh4tJxGJ8CEfAVWOhjyJ9kPVmtzXEuRZ1Tt8ssG2//NVG2XZHbZQvyfCHpsQ6E2+gRw7DMihH5QHgNe8XEPuLNHEfdClWkxWxHtP15DFdYcjkV2zfjinaMAmFvT+JBqMs5uj9V7w4kjUqCmzIw6JdXM8cfLmitEUt9L3FKvy4JVtRD+T1zTw==");

        SealedBox.Open(recipient, box, new Place("Reports", "Narrative", "7")).ShouldBe("叉车超载"u8.ToArray());
    }
}
