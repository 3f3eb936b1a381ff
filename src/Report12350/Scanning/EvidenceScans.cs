using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Intake;

namespace Report12350.Scanning;

/// <summary>Has each file scanned once (材料查毒): when it has come whole, or, if clamd did not answer then, before it is first shown.</summary>
public sealed class EvidenceScans(ReportsDbContext db, EvidenceFiles files, Clamd clamd)
{
    /// <summary>Sealed bytes that somebody who opens a page waits for; larger files wait until they are asked for.</summary>
    private const long AtOnce = 64L * 1024 * 1024;

    internal ScanState StateOf(EvidenceDescription file) => file.Scan switch
    {
        { IsInfected: true } => ScanState.Infected,
        not null => ScanState.Passed,
        _ => clamd.IsOn ? ScanState.Held : ScanState.Unasked,
    };

    /// <summary>A file that has just come, with the verdict if there is one.</summary>
    internal async Task<EvidenceDescription> JudgeAsync(Guid id, ContentKey key, EvidenceDescription file, CancellationToken cancellationToken)
    {
        if (StateOf(file) is not ScanState.Held)
            return file;
        await using var plain = await files.OpenReadAsync(id, key.ForFile(id), file.Length, cancellationToken);
        return file with { Scan = await clamd.ScanAsync(plain, cancellationToken) };
    }

    /// <summary>Scans what is held, as much as a page can wait for; the keys are in hand only while somebody entitled looks.</summary>
    internal async Task CatchUpAsync(OpenedReport opened, IEnumerable<EvidenceFile> of, CancellationToken cancellationToken)
    {
        var left = AtOnce;
        foreach (var file in of.Where(f => StateOf(opened.Evidence<EvidenceDescription>(f)) is ScanState.Held).OrderBy(f => f.SealedLength))
        {
            left -= file.SealedLength;
            if (left < 0 || await CatchUpAsync(opened, file, cancellationToken) is { Scan: null })
                return;
        }
    }

    /// <summary>What may be shown of a file in any form is asked here.</summary>
    /// <exception cref="RuleBrokenException">Something was found in it, or it can't be scanned at the moment.</exception>
    internal async Task<EvidenceDescription> RequireAsync(OpenedReport opened, EvidenceFile file, CancellationToken cancellationToken)
    {
        var description = opened.Evidence<EvidenceDescription>(file);
        if (StateOf(description) is ScanState.Held)
            description = await CatchUpAsync(opened, file, cancellationToken);
        return StateOf(description) switch
        {
            ScanState.Infected => throw new RuleBrokenException("rule.FileInfected"),
            ScanState.Held => throw new RuleBrokenException("rule.FileHeld"),
            _ => description,
        };
    }

    /// <summary>Kept unless the description was changed meanwhile; then it is scanned once more.</summary>
    private async Task<EvidenceDescription> CatchUpAsync(OpenedReport opened, EvidenceFile file, CancellationToken cancellationToken)
    {
        var before = file.SealedDescription;
        var judged = await JudgeAsync(file.Id, opened.Key, opened.Evidence<EvidenceDescription>(file), cancellationToken);
        if (judged.Scan is null)
            return judged;
        file.Describe(opened.SealEvidence(file.Id, judged));
        await db.EvidenceFiles.Where(f => f.Id == file.Id && f.SealedDescription == before)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.SealedDescription, file.SealedDescription), cancellationToken);
        return judged;
    }
}
