using System.Collections.Concurrent;
using Report12350.Intake;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Every file of the corpus with its working copy, made once, and what exiftool reads in both.</summary>
public sealed class CleanedCorpus : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("corpus").FullName;
    private readonly ConcurrentDictionary<string, EvidenceDescription> said = new(StringComparer.Ordinal);

    internal IReadOnlyList<CorpusFile> Files { get; private set; } = [];

    internal string Sent => Path.Combine(folder, "sent");

    internal string Cleaned => Path.Combine(folder, "cleaned");

    internal Dictionary<string, List<(string Tag, string Value)>> TagsSent { get; private set; } = [];

    internal Dictionary<string, List<(string Tag, string Value)>> TagsCleaned { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Sent);
        Directory.CreateDirectory(Cleaned);
        Files = await Corpus.MakeAsync(Sent);
        using var bench = new Bench();
        await Parallel.ForEachAsync(Files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, _) =>
        {
            var (description, copy) = await bench.CleanAsync(await File.ReadAllBytesAsync(file.Path), file.Name, file.Type);
            said[file.Name] = description;
            if (copy is not null)
                await File.WriteAllBytesAsync(CopyOf(file), copy);
        });
        TagsSent = await Tools.TagsAsync(Sent);
        TagsCleaned = await Tools.TagsAsync(Cleaned);
    }

    internal EvidenceDescription SaidOf(CorpusFile file) => said[file.Name];

    internal string CopyOf(CorpusFile file) => Path.Combine(Cleaned, file.Name);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
