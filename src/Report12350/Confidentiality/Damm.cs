namespace Report12350.Confidentiality;

/// <summary>The check digit (校验位) at the end of a receipt; it catches every single wrong digit and every swapped pair.</summary>
public static class Damm
{
    private static readonly string[] Table =
    [
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    ];

    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        var interim = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                throw new ArgumentException("Only the digits 0 to 9 have a check digit.", nameof(digits));
            }

            interim = Table[interim][digit - '0'] - '0';
        }

        return interim;
    }

    public static bool IsValid(ReadOnlySpan<char> digits) => !digits.IsEmpty && CheckDigit(digits) == 0;
}
