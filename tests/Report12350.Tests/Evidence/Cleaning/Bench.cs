using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Evidence;
using Report12350.Evidence.Cleaning;
using Report12350.Intake;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>A store, a key and what cleans, as the site has them.</summary>
internal sealed class Bench : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clean").FullName;
    private readonly EvidenceFiles files;
    private readonly EvidenceCleaning cleaning;

    public Bench(TimeSpan? longest = null, string? ffmpeg = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Evidence:Ffmpeg", ffmpeg)]).Build();
        files = new EvidenceFiles(new FolderStore(folder));
        Decoder = new Decoder(configuration) { Longest = longest ?? Decoder.Usual };
        cleaning = new EvidenceCleaning(files, Decoder);
    }

    public Decoder Decoder { get; }

    public ContentKey Key { get; } = ContentKey.Generate();

    /// <summary>Files on the store.</summary>
    public int Stored => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length;

    public async Task<(EvidenceDescription Said, byte[]? Copy)> CleanAsync(Stream file, string name, string type)
    {
        var id = Guid.NewGuid();
        var saved = await files.SaveAsync(id, Key.ForFile(id), file, long.MaxValue, CancellationToken.None);
        var said = await cleaning.CleanAsync(id, new EvidenceDescription(name, type, saved.Length, Convert.ToHexStringLower(saved.Sha256)), Key, CancellationToken.None);
        return (said, said.Copy is { } copy ? await ReadAsync(copy) : null);
    }

    public Task<(EvidenceDescription Said, byte[]? Copy)> CleanAsync(byte[] file, string name, string type) => CleanAsync(new MemoryStream(file), name, type);

    public void Dispose()
    {
        Decoder.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<byte[]> ReadAsync(WorkingCopy copy)
    {
        await using var plain = await files.OpenReadAsync(copy.Id, Key.ForFile(copy.Id), copy.Length, CancellationToken.None);
        using var whole = new MemoryStream();
        await plain.CopyToAsync(whole);
        Convert.ToHexStringLower(SHA256.HashData(whole.ToArray())).ShouldBe(copy.Sha256);
        return whole.ToArray();
    }
}
