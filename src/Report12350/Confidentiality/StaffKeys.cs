using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>What a staff session's cookie holds: the session's row and the key that opens it.</summary>
public sealed record SessionPass(Guid Id, byte[] Key)
{
    public static SessionPass New() => new(Guid.NewGuid(), RowPass.NewKey());

    public static SessionPass? Parse(string? cookie) => RowPass.Read(cookie) is var (id, key) ? new SessionPass(id, key) : null;

    public string ToCookie() => RowPass.Write(Id, Key);

    public override string ToString() => "session";
}

/// <summary>A person's key pair as stored: public half, salt, and the private half under the password.</summary>
internal sealed record StoredStaffKey(byte[] PublicKey, byte[] Salt, byte[] SealedPrivateKey, byte[] SealedTotpSecret);

/// <summary>Makes and opens the keys of people. Opening is the password check.</summary>
internal static class StaffKeys
{
    private static readonly byte[] NoSalt = Passphrase.NewSalt();
    private static readonly byte[] NobodysKey = Envelope.Seal(RandomNumberGenerator.GetBytes(Envelope.KeyLength), new byte[Envelope.KeyLength], Places.StaffKey(Guid.Empty));

    public static StoredStaffKey Make(Guid staff, string password, byte[] totpSecret)
    {
        var pair = KeyPair.Generate();
        var (salt, sealedKey) = SealUnder(password, staff, pair);
        return new StoredStaffKey(pair.PublicKey, salt, sealedKey, SealedBox.Seal(pair.PublicKey, totpSecret, Places.Totp(staff)));
    }

    /// <summary>The private half under a password, with a salt of its own each time.</summary>
    public static (byte[] Salt, byte[] SealedPrivateKey) SealUnder(string password, Guid staff, KeyPair pair)
    {
        var salt = Passphrase.NewSalt();
        return (salt, Envelope.Seal(Passphrase.DeriveKey(password, salt), pair.PrivateKey, Places.StaffKey(staff)));
    }

    /// <summary>Null when the password is wrong.</summary>
    public static KeyPair? Open(Guid staff, string password, byte[] salt, byte[] sealedPrivateKey)
    {
        try
        {
            return KeyPair.From(Envelope.Open(Passphrase.DeriveKey(password, salt), sealedPrivateKey, Places.StaffKey(staff)));
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    /// <summary>The work of opening, for a name that nobody has.</summary>
    public static void OpenNobody(string password) => Open(Guid.Empty, password, NoSalt, NobodysKey);

    public static byte[] OpenTotp(Guid staff, KeyPair pair, byte[] sealedSecret) => SealedBox.Open(pair, sealedSecret, Places.Totp(staff));

    public static byte[] SealForSession(SessionPass pass, KeyPair pair) => Envelope.Seal(pass.Key, pair.PrivateKey, Places.Session(pass.Id));

    /// <summary>Null when the cookie's key is not this session's.</summary>
    public static KeyPair? OpenSession(SessionPass pass, byte[] sealedPrivateKey)
    {
        try
        {
            return KeyPair.From(Envelope.Open(pass.Key, sealedPrivateKey, Places.Session(pass.Id)));
        }
        catch (SealBrokenException)
        {
            return null;
        }
    }

    public static byte[] NewTotpSecret() => RandomNumberGenerator.GetBytes(20);
}
