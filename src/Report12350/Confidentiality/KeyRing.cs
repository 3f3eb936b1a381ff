using System.Security.Cryptography;
using System.Text.Json;

namespace Report12350.Confidentiality;

/// <summary>The site's own secrets (站点密钥环), kept in one file beside the database and never in it.</summary>
public sealed class KeyRing
{
    private readonly Content content;

    private KeyRing(Content content) => this.content = content;

    public ReadOnlySpan<byte> SitePepper => content.SitePepper;

    public ReadOnlySpan<byte> SiteSalt => content.SiteSalt;

    public ReadOnlySpan<byte> IndexKey => content.IndexKey;

    public ReadOnlySpan<byte> SessionKey => content.SessionKey;

    public ReadOnlySpan<byte> SigningSeed => content.SigningSeed;

    /// <summary>Says which ring it is and nothing of what it holds; the database keeps it.</summary>
    internal byte[] Mark => DerivedKey.For(content.SitePepper, "mark");

    /// <summary>Whether a site was installed there.</summary>
    public static bool IsIn(string folder) => File.Exists(FileIn(folder));

    /// <exception cref="KeyRingLostException">There is none.</exception>
    public static KeyRing Open(string folder) => IsIn(folder) ? Read(FileIn(folder)) : throw new KeyRingLostException();

    public static KeyRing OpenOrCreate(string folder)
    {
        var file = FileIn(folder);
        if (!File.Exists(file))
        {
            Create(file);
        }

        return Read(file);
    }

    private static string FileIn(string folder) => Path.Combine(folder, "keys", "keyring.json");

    private static KeyRing Read(string file)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(file));
            return content is { IsWhole: true } ? new KeyRing(content) : throw new InvalidDataException("The key ring is incomplete.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException("The key ring is damaged.", damaged);
        }
    }

    private static void Create(string file)
    {
        CreateFolder(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            Write(draft);
            Publish(draft, file);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // When another process was first, its ring is the site's and this draft goes.
    private static void Publish(string draft, string file)
    {
        if (!OperatingSystem.IsWindows() && Libc.Link(draft, file) == 0)
        {
            return;
        }

        try
        {
            if (!File.Exists(file))
            {
                File.Move(draft, file, overwrite: false);
            }
        }
        catch (IOException) when (File.Exists(file))
        {
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static void Write(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, Content.Generate());
        stream.Flush(flushToDisk: true);
    }

    private sealed record Content(byte[] SitePepper, byte[] SiteSalt, byte[] IndexKey, byte[] SessionKey, byte[] SigningSeed)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public bool IsWhole => SiteSalt is { Length: SlowHash.SaltLength }
            && new[] { SitePepper, IndexKey, SessionKey, SigningSeed }.All(key => key is { Length: Envelope.KeyLength });

        public static Content Generate() => new(
            RandomNumberGenerator.GetBytes(Envelope.KeyLength),
            RandomNumberGenerator.GetBytes(SlowHash.SaltLength),
            RandomNumberGenerator.GetBytes(Envelope.KeyLength),
            RandomNumberGenerator.GetBytes(Envelope.KeyLength),
            RandomNumberGenerator.GetBytes(Envelope.KeyLength));
    }
}
