using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Report12350.Confidentiality;

/// <summary>Small values a visitor's browser carries for us (加密Cookie), unreadable to it and good for one purpose only.</summary>
public sealed class CookieSeal(KeyRing ring)
{
    private readonly byte[] key = DerivedKey.For(ring.SessionKey, "cookie");

    public string Seal<T>(T value, string purpose) =>
        Base64Url.EncodeToString(Envelope.SealJson(key, value, PlaceOf(purpose)));

    public bool TryOpen<T>(string? cookie, string purpose, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (string.IsNullOrEmpty(cookie))
        {
            return false;
        }

        try
        {
            value = Envelope.OpenJson<T>(key, Base64Url.DecodeFromChars(cookie), PlaceOf(purpose));
            return value is not null;
        }
        catch (Exception broken) when (broken is SealBrokenException or FormatException or JsonException)
        {
            return false;
        }
    }

    private static Place PlaceOf(string purpose) => new("cookie", purpose, "");
}
