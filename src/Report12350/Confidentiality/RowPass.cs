using System.Buffers.Text;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>A row's id and the key that opens it (行与钥匙), as a cookie holds them.</summary>
internal static class RowPass
{
    private const int CookieLength = 64;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(Envelope.KeyLength);

    public static string Write(Guid id, byte[] key) => Base64Url.EncodeToString([.. id.ToByteArray(), .. key]);

    /// <summary>Null when it has not the form of one.</summary>
    public static (Guid Id, byte[] Key)? Read(string? cookie)
    {
        if (cookie is not { Length: CookieLength } || !Base64Url.IsValid(cookie))
            return null;
        var bytes = Base64Url.DecodeFromChars(cookie);
        return (new Guid(bytes.AsSpan(0, 16)), bytes[16..]);
    }
}
