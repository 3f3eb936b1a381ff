using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Report12350.Data;

namespace Report12350.Confidentiality;

/// <summary>One report's erase key (销毁密钥): every seal of the report's keys is made with it, and it lies outside the database. With it gone, no copy of the database opens.</summary>
/// <param name="Id">Where it lies; not the key.</param>
public sealed record EraseKey(string Id, byte[] Bytes)
{
    /// <summary>A key that opens only together with this one.</summary>
    public byte[] With(ReadOnlySpan<byte> key) => HMACSHA256.HashData(Bytes, key);

    public override string ToString() => "erase key";
}

/// <summary>The erase keys of all reports: sheets of 256, on the disk before the first of them is used, so that filing waits for no disk. Read each time, kept nowhere: what is destroyed is gone on every node at once.</summary>
public sealed class EraseKeys(IConfiguration configuration)
{
    public const int PerSheet = 256;
    private const int Length = Envelope.KeyLength;
    private const byte Mark = 0xFF;

    private readonly string folder = configuration["Keys:EraseFolder"] is { Length: > 0 } named ? Path.GetFullPath(named) : Path.Combine(DataFolder.Of(configuration), "keys", "erase");
    private readonly Queue<EraseKey> ready = new();
    private readonly Lock gate = new();

    /// <summary>A key nobody has, safe on the disk.</summary>
    public EraseKey Take()
    {
        lock (gate)
        {
            if (ready.Count == 0)
                WriteSheet();
            return ready.Dequeue();
        }
    }

    /// <summary>Null when it was destroyed.</summary>
    /// <exception cref="EraseKeyMissingException">Neither there nor destroyed.</exception>
    public EraseKey? Find(string id)
    {
        var (path, offset) = PlaceOf(id);
        var bytes = new byte[Length];
        try
        {
            using var sheet = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (RandomAccess.Read(sheet, bytes, offset) != Length)
                throw new EraseKeyMissingException(id);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EraseKeyMissingException(id);
        }

        // A disk that lost a sheet gives zeros: that is no destruction.
        if (!bytes.AsSpan().ContainsAnyExcept((byte)0))
            throw new EraseKeyMissingException(id);
        return bytes.AsSpan().ContainsAnyExcept(Mark) ? new EraseKey(id, bytes) : null;
    }

    /// <summary>Writes over it, to the disk. Done again, it changes nothing.</summary>
    public void Destroy(string id)
    {
        if (Find(id) is null)
            return;
        var (path, offset) = PlaceOf(id);
        Span<byte> mark = stackalloc byte[Length];
        mark.Fill(Mark);
        using var sheet = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(sheet, mark, offset);
        RandomAccess.FlushToDisk(sheet);
    }

    private void WriteSheet()
    {
        var sheet = Guid.NewGuid();
        CreateFolder();
        var path = PathOf(sheet);
        var keys = RandomNumberGenerator.GetBytes(PerSheet * Length);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var stream = new FileStream(path, options);
            stream.Write(keys);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        Libc.SyncFolder(folder);
        for (var no = 0; no < PerSheet; no++)
            ready.Enqueue(new EraseKey(string.Create(CultureInfo.InvariantCulture, $"{sheet:N}-{no}"), keys[(no * Length)..((no + 1) * Length)]));
        CryptographicOperations.ZeroMemory(keys);
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (string Path, int Offset) PlaceOf(string id) =>
        id.Split('-') is [var sheet, var no] && Guid.TryParseExact(sheet, "N", out var name)
        && int.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < PerSheet
            ? (PathOf(name), at * Length)
            : throw new EraseKeyMissingException(id);

    private string PathOf(Guid sheet) => Path.Combine(folder, sheet.ToString("N"));
}

/// <summary>The folder of erase keys is not mounted, or was not restored: nothing is lost, and nothing opens until it is back.</summary>
public sealed class EraseKeyMissingException(string id) : IOException($"The erase key {id} is not in its folder (Keys:EraseFolder).");
