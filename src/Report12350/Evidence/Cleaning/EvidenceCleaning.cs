using Report12350.Confidentiality;
using Report12350.Domain.Evidence;
using Report12350.Intake;

namespace Report12350.Evidence.Cleaning;

/// <summary>Makes the working copy of a file (清理): the same to look at, without what it gave away. Whatever goes wrong with the file itself ends in a word for the reporter.</summary>
public sealed class EvidenceCleaning(EvidenceFiles files, Decoder decoder)
{
    private const long Around = 1024 * 1024;
    private const int Growth = 4;

    /// <summary>The description with its working copy, or with why there is none.</summary>
    internal async Task<EvidenceDescription> CleanAsync(Guid id, EvidenceDescription said, ContentKey key, CancellationToken cancellationToken)
    {
        var copy = Guid.NewGuid();
        await using var original = await files.OpenReadAsync(id, key.ForFile(id), said.Length, cancellationToken);
        try
        {
            await using var cleaned = await OpenAsync(said.MediaType, original, cancellationToken);
            var saved = await files.SaveAsync(copy, key.ForFile(copy), cleaned.Content, (said.Length * Growth) + Around, cancellationToken);
            return said with { Copy = new WorkingCopy(copy, cleaned.MediaType, saved.Length, Convert.ToHexStringLower(saved.Sha256), cleaned.Removed) };
        }
        catch (NotCleanedException refusal)
        {
            return said with { Uncleaned = refusal.Why };
        }
        catch (FileTooLargeException)
        {
            return said with { Uncleaned = NotCleaned.TooMuch };
        }
    }

    private async Task<CleanedContent> OpenAsync(string type, Stream original, CancellationToken cancellationToken) => type switch
    {
        "text/plain" => await PlainText.OpenAsync(original, cancellationToken),
        "audio/wav" => await WaveSound.OpenAsync(original, cancellationToken),
        "audio/amr" => await AmrSound.OpenAsync(original, cancellationToken),
        "video/mp4" or "video/quicktime" or "audio/mp4" => await Movie.OpenAsync(type, original, decoder, cancellationToken),
        "video/webm" => await decoder.RemuxAsync(type, "matroska", original, ["-f", "webm"], [Trace.Device], cancellationToken),
        "audio/mpeg" => await decoder.RemuxAsync(type, "mp3", original, ["-f", "mp3", "-id3v2_version", "0", "-write_id3v1", "0", "-write_xing", "0"], [], cancellationToken),
        _ => await decoder.CleanAsync(type, original, cancellationToken),
    };
}

/// <summary>What is left of a file while it is read (清理结果); reading ends in <see cref="NotCleanedException"/> when it comes to nothing.</summary>
internal sealed class CleanedContent(string mediaType, Stream content, Func<IReadOnlyList<Trace>> removed) : IAsyncDisposable
{
    public string MediaType => mediaType;

    public Stream Content => content;

    /// <summary>Known once all was read.</summary>
    public IReadOnlyList<Trace> Removed => removed();

    public ValueTask DisposeAsync() => content.DisposeAsync();
}

/// <summary>The file can't be cleaned (不能清理); it stays as it was sent, and its sender decides.</summary>
public sealed class NotCleanedException(NotCleaned why) : Exception(why.ToString())
{
    public NotCleaned Why => why;
}
