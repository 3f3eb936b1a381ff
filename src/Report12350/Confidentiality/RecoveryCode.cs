using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>The recovery key's private half as it is printed (恢复密钥纸): eleven groups of five signs, 19 bits of them a check.</summary>
public static class RecoveryCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Signs = 55;
    private const int GroupLength = 5;

    public static string Encode(KeyPair pair) =>
        string.Join('-', ToSigns(pair.PrivateKey).Chunk(GroupLength).Select(group => new string(group)));

    public static bool TryDecode(string? typed, [NotNullWhen(true)] out KeyPair? pair)
    {
        pair = null;
        var signs = Normalise(typed ?? "");
        if (signs.Length != Signs || signs.Any(sign => !Alphabet.Contains(sign)))
        {
            return false;
        }

        var privateKey = ToBytes(signs);
        if (ToSigns(privateKey) == signs)
        {
            pair = KeyPair.From(privateKey);
        }

        CryptographicOperations.ZeroMemory(privateKey);
        return pair is not null;
    }

    private static string Normalise(string typed) => string.Concat(
        typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant()
            .Where(sign => char.IsLetterOrDigit(sign))
            .Select(sign => sign switch { 'O' => '0', 'I' or 'L' => '1', _ => sign }));

    private static string ToSigns(byte[] privateKey)
    {
        byte[] bits = [.. privateKey, .. SHA256.HashData(privateKey).AsSpan(0, 3)];
        var signs = string.Create(Signs, bits, static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                var at = i * 5;
                var window = (bits[at / 8] << 8) | (at / 8 + 1 < bits.Length ? bits[(at / 8) + 1] : 0);
                text[i] = Alphabet[(window >> (11 - (at % 8))) & 31];
            }
        });
        CryptographicOperations.ZeroMemory(bits);
        return signs;
    }

    private static byte[] ToBytes(string signs)
    {
        var bytes = new byte[Envelope.KeyLength];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var set = (Alphabet.IndexOf(signs[bit / 5]) >> (4 - (bit % 5))) & 1;
            bytes[bit / 8] |= (byte)(set << (7 - (bit % 8)));
        }

        return bytes;
    }
}
