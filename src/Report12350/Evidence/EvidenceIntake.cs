using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Scanning;

namespace Report12350.Evidence;

/// <summary>Takes one file: tells what it is by content, seals it as it streams in, keeps only what is on the list.</summary>
public sealed class EvidenceIntake(IEvidenceStore store, EvidenceFiles files, EvidenceScans scans, JurisdictionProfile profile, TimeProvider time)
{
    /// <summary>Seals a file under the content key, and its working copy beside it. The row is the caller's to save; unsaved files are collected later.</summary>
    /// <exception cref="RuleBrokenException">Empty, too large, or of a kind that is not taken.</exception>
    internal async Task<(EvidenceFile Row, EvidenceDescription Description)> TakeAsync(
        Stream plain, string fileName, ContentKey key, EvidencePurpose purpose, Actor by, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        try
        {
            var sealedFile = await SealAsync(id, plain, NameOf(fileName), key, cancellationToken);
            // Of staff's own files both are shown: when and where they were taken is part of what they prove.
            var description = await scans.JudgeAsync(id, key, sealedFile with { ShownAsSent = by.Kind is ActorKind.Staff }, cancellationToken);
            return (RowOf(id, description, key, purpose, by), description);
        }
        catch
        {
            await files.ForgetAsync(id);
            throw;
        }
    }

    /// <summary>A name as it is kept: without the folders it lay in.</summary>
    internal static string NameOf(string fileName) => Path.GetFileName(fileName.Replace('\\', '/')).Trim();

    internal EvidenceFile RowOf(Guid id, EvidenceDescription description, ContentKey key, EvidencePurpose purpose, Actor by) =>
        new(id, purpose, by, time.GetUtcNow(), SealedStream.SealedLength(description.Length), key.SealJson(description, Places.Evidence(id)), description.Copy?.Id);

    /// <summary>What it is, by its first bytes, and no longer than such a file may be.</summary>
    internal string TypeOf(ReadOnlySpan<byte> head, string name, long length)
    {
        if (head.IsEmpty)
            throw new RuleBrokenException("rule.FileEmpty", name);
        if (!MediaTypes.IsOrdinaryName(name))
            throw new RuleBrokenException("rule.FileNameRefused", name);
        var type = MediaTypes.Sniff(head[..Math.Min(head.Length, MediaTypes.HeadLength)]);
        if (type is null || !profile.Uploads.Allows(type))
            throw new RuleBrokenException("rule.FileTypeRefused", name);
        if (MediaTypes.IsTwoInOne(head, type))
            throw new RuleBrokenException("rule.FileTwoInOne", name);
        var limit = profile.Uploads.LimitFor(type);
        return length <= limit ? type : throw new RuleBrokenException("rule.FileTooLarge", name, limit / (1024 * 1024));
    }

    private async Task<EvidenceDescription> SealAsync(Guid id, Stream plain, string name, ContentKey key, CancellationToken cancellationToken)
    {
        await using var target = await store.AppendAsync(id, 0, cancellationToken);
        using var writer = new SealedFileWriter(target, key.ForFile(id), id);
        await writer.TakeAsync(plain, MediaTypes.HeadLength, cancellationToken);
        var head = writer.Tail.ToArray();
        var type = TypeOf(head, name, writer.Length);
        await writer.TakeAsync(plain, profile.Uploads.LimitFor(type) + 1, cancellationToken);
        _ = TypeOf(head, name, writer.Length);
        var hash = await writer.FinishAsync(cancellationToken);
        await target.FlushAsync(cancellationToken);
        return new EvidenceDescription(name, type, writer.Length, Convert.ToHexStringLower(hash!));
    }
}
