using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

/// <summary>A key ring in a folder of its own that goes with the test.</summary>
internal sealed class TempRing : IDisposable
{
    public TempRing(string? json = null)
    {
        if (json is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            System.IO.File.WriteAllText(File, json);
        }

        Ring = KeyRing.OpenOrCreate(Folder);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"r12350-{Guid.NewGuid():N}");

    public string File => Path.Combine(Folder, "keys", "keyring.json");

    public KeyRing Ring { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
