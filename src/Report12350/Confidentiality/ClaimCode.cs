using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>The password a reporter chooses to collect a reward with (领奖密码), asked for at the counter together with the report's number.</summary>
public static class ClaimCode
{
    public const int ShortestLength = 8;

    public static string Suggest()
    {
        var digits = RandomNumberGenerator.GetString("0123456789", 10);
        return $"{digits[..5]} {digits[5..]}";
    }

    public static bool IsLongEnough(string? code) => code is not null && Normalise(code).Length >= ShortestLength;

    /// <summary>Typed twice, with or without spaces.</summary>
    public static bool IsSame(string? code, string? again) => Normalise(code ?? "") == Normalise(again ?? "");

    public static byte[] Hash(string code, Guid reportId, KeyRing ring)
    {
        var normal = Normalise(code);
        if (normal.Length < ShortestLength)
        {
            throw new ArgumentException("The code is too short.", nameof(code));
        }

        var salt = HMACSHA256.HashData(ring.SiteSalt, reportId.ToByteArray()).AsSpan(0, SlowHash.SaltLength);
        return SlowHash.DerivePeppered(ring.SitePepper, Encoding.UTF8.GetBytes($"claim/{normal}"), salt, Envelope.KeyLength);
    }

    public static bool Matches(string? code, ReadOnlySpan<byte> hash, Guid reportId, KeyRing ring) =>
        IsLongEnough(code) && CryptographicOperations.FixedTimeEquals(Hash(code!, reportId, ring), hash);

    // Spaces go: a code suggested in two groups must match however it is typed.
    private static string Normalise(string code) =>
        string.Concat(code.Normalize(NormalizationForm.FormKC).Where(sign => !char.IsWhiteSpace(sign)));
}
