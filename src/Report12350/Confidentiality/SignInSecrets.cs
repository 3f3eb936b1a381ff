using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>Keyed fingerprints at the sign-in (登录指纹): a stolen database tells neither who tried from where, nor anybody's recovery code.</summary>
public sealed class SignInSecrets(KeyRing ring)
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int CodeLength = 12;

    private readonly byte[] laneKey = DerivedKey.For(ring.SitePepper, "sign-in lane");
    private readonly byte[] codeKey = DerivedKey.For(ring.SitePepper, "recovery code");

    /// <summary>Where attempts on one name from one place are counted; another one every day.</summary>
    internal byte[] Lane(string name, string from, DateTimeOffset now) =>
        Fingerprint(laneKey, string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd}\0{name}\0{from}"));

    internal byte[] RecoveryCode(Guid staff, string typed) => Fingerprint(codeKey, $"{staff:N}\0{Plain(typed)}");

    /// <summary>60 random bits in three groups of four.</summary>
    internal static string NewRecoveryCode() =>
        string.Join('-', RandomNumberGenerator.GetItems<char>(Alphabet, CodeLength).Chunk(4).Select(four => new string(four)));

    internal static bool IsRecoveryCode(string typed) => Plain(typed).Length == CodeLength;

    private static string Plain(string typed) => new([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);

    private static byte[] Fingerprint(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
