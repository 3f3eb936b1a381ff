using System.Globalization;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>What is wrong with a receipt as it was typed (查询码填写问题).</summary>
public enum ReceiptProblem
{
    None,
    Empty,
    WrongLength,
    WrongCheckDigit,
}

/// <summary>The code a reporter keeps (查询码): 24 random digits and a check digit, the only way back to the report.</summary>
public readonly record struct Receipt
{
    public const int Length = 25;

    private readonly string? digits;

    private Receipt(string digits) => this.digits = digits;

    public string Digits => digits ?? throw new InvalidOperationException("An empty receipt has no digits.");

    public string Spaced => string.Join(' ', Digits.Chunk(5).Select(five => new string(five)));

    public static Receipt Generate()
    {
        var random = RandomNumberGenerator.GetString("0123456789", Length - 1);
        return new Receipt(random + (char)('0' + Damm.CheckDigit(random)));
    }

    public static bool TryParse(string? typed, out Receipt receipt)
    {
        receipt = default;
        if (Read(typed, out var digits) != ReceiptProblem.None)
        {
            return false;
        }

        receipt = new Receipt(digits);
        return true;
    }

    public static ReceiptProblem Check(string? typed) => Read(typed, out _);

    /// <summary>Never the digits, so that a receipt cannot slip into a log or a message.</summary>
    public override string ToString() => "receipt";

    private static ReceiptProblem Read(string? typed, out string digits)
    {
        digits = "";
        Span<char> found = stackalloc char[Length];
        var count = 0;
        foreach (var sign in typed ?? "")
        {
            if (IsSpacing(sign))
            {
                continue;
            }

            var digit = sign is >= '\uFF10' and <= '\uFF19' ? (char)(sign - '\uFF10' + '0') : sign;
            if (count == Length || !char.IsAsciiDigit(digit))
            {
                return ReceiptProblem.WrongLength;
            }

            found[count++] = digit;
        }

        if (count < Length)
        {
            return count == 0 ? ReceiptProblem.Empty : ReceiptProblem.WrongLength;
        }

        digits = found.ToString();
        return Damm.IsValid(found) ? ReceiptProblem.None : ReceiptProblem.WrongCheckDigit;
    }

    private static bool IsSpacing(char sign) => char.IsWhiteSpace(sign) || sign == '\u2212'
        || char.GetUnicodeCategory(sign) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
