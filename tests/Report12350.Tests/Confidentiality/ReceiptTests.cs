using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class ReceiptTests
{
    private const string Digits = "1234567890123456789012346";

    [Fact]
    public void A_generated_receipt_reads_back()
    {
        var receipt = Receipt.Generate();

        receipt.Digits.Length.ShouldBe(25);
        Damm.IsValid(receipt.Digits).ShouldBeTrue();
        Receipt.TryParse(receipt.Spaced, out var read).ShouldBeTrue();
        read.ShouldBe(receipt);
    }

    [Fact]
    public void Generated_receipts_differ_and_use_every_digit()
    {
        var receipts = Enumerable.Range(0, 500).Select(_ => Receipt.Generate().Digits).ToList();

        receipts.Distinct().Count().ShouldBe(500);
        for (var at = 0; at < Receipt.Length; at++)
        {
            receipts.Select(digits => digits[at]).Distinct().Count().ShouldBe(10);
        }
    }

    [Theory]
    [InlineData(Digits)]
    [InlineData("  12345 67890 12345 67890 12346\n")]
    [InlineData("12345-67890\u201312345\u201467890\uFF0D12346")]
    [InlineData("\uFF11\uFF12\uFF13\uFF14\uFF15\u300067890\u00A012345\u200B67890\u221212346")]
    public void Spaces_dashes_and_full_width_digits_do_not_matter(string typed)
    {
        Receipt.Check(typed).ShouldBe(ReceiptProblem.None);
        Receipt.TryParse(typed, out var receipt).ShouldBeTrue();
        receipt.Digits.ShouldBe(Digits);
        receipt.Spaced.ShouldBe("12345 67890 12345 67890 12346");
    }

    [Theory]
    [InlineData(null, ReceiptProblem.Empty)]
    [InlineData(" - \u3000", ReceiptProblem.Empty)]
    [InlineData("123456789012345678901234", ReceiptProblem.WrongLength)]
    [InlineData(Digits + "0", ReceiptProblem.WrongLength)]
    [InlineData("12345 67890 12345 67890 1234o", ReceiptProblem.WrongLength)]
    [InlineData("\u0661234567890123456789012346", ReceiptProblem.WrongLength)]
    [InlineData("1234567890123456789012345", ReceiptProblem.WrongCheckDigit)]
    [InlineData("2134567890123456789012346", ReceiptProblem.WrongCheckDigit)]
    public void A_mistyped_receipt_is_named_and_refused(string? typed, ReceiptProblem problem)
    {
        Receipt.Check(typed).ShouldBe(problem);
        Receipt.TryParse(typed, out var receipt).ShouldBeFalse();
        receipt.ShouldBe(default);
    }

    [Fact]
    public void A_receipt_never_prints_its_digits()
    {
        Receipt.TryParse(Digits, out var receipt).ShouldBeTrue();
        var minted = new MintedReceipt(receipt, new ReceiptKeys(new byte[32], new byte[32]));

        receipt.ToString().ShouldBe("receipt");
        $"{receipt} {minted}".ShouldNotContain("12345");
    }

    [Fact]
    public void An_empty_receipt_has_no_digits() => Should.Throw<InvalidOperationException>(() => default(Receipt).Digits);
}
