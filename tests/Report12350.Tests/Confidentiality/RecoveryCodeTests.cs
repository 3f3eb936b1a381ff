using CsCheck;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class RecoveryCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly KeyPair Known = KeyPair.From([.. Enumerable.Range(1, 32).Select(i => (byte)(i * 8))]);

    [Fact]
    public void Every_key_reads_back_from_paper() => Gen.Byte.Array[32].Sample(
        bytes =>
        {
            var pair = KeyPair.From(bytes);
            RecoveryCode.TryDecode(RecoveryCode.Encode(pair), out var read).ShouldBeTrue();
            read.PrivateKey.ShouldBe(pair.PrivateKey);
            read.PublicKey.ShouldBe(pair.PublicKey);
        },
        iter: 200);

    [Fact]
    public void It_is_printed_in_eleven_groups_of_five() =>
        RecoveryCode.Encode(Known).Split('-').Select(group => group.Length).ShouldBe(Enumerable.Repeat(5, 11));

    [Fact]
    public void Case_spacing_and_look_alike_letters_do_not_matter()
    {
        var sloppy = RecoveryCode.Encode(Known).ToLowerInvariant().Replace('-', ' ').Replace('0', 'o').Replace('1', 'l');

        RecoveryCode.TryDecode($" {sloppy}\n", out var read).ShouldBeTrue();
        read.PrivateKey.ShouldBe(Known.PrivateKey);
    }

    [Fact]
    public void Every_single_wrong_sign_is_caught()
    {
        var right = RecoveryCode.Encode(Known).Replace("-", "", StringComparison.Ordinal);
        for (var at = 0; at < right.Length; at++)
        {
            foreach (var sign in Alphabet.Where(sign => sign != right[at]))
            {
                RecoveryCode.TryDecode($"{right[..at]}{sign}{right[(at + 1)..]}", out _).ShouldBeFalse();
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAA-AAAAA")]
    [InlineData("UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU-UUUUU")]
    public void What_is_no_recovery_code_is_refused(string? typed)
    {
        RecoveryCode.TryDecode(typed, out var pair).ShouldBeFalse();
        pair.ShouldBeNull();
    }
}
