using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Evidence;
using Report12350.Evidence.Cleaning;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Scanning;

/// <summary>Has each file scanned once (材料查毒), and cleaned if nothing was found: when it has come whole, or, if clamd did not answer then, before it is first shown.</summary>
public sealed class EvidenceScans(ReportsDbContext db, EvidenceFiles files, Clamd clamd, EvidenceCleaning cleaning)
{
    /// <summary>Sealed bytes that somebody who opens a page waits for; larger files wait until they are asked for.</summary>
    private const long AtOnce = 64L * 1024 * 1024;

    internal ScanState StateOf(EvidenceDescription file) => file.Scan switch
    {
        { IsInfected: true } => ScanState.Infected,
        not null => ScanState.Passed,
        _ => clamd.IsOn ? ScanState.Held : ScanState.Unasked,
    };

    /// <summary>A file that has just come, with the verdict if there is one, and with its working copy if that lets it pass.</summary>
    internal async Task<EvidenceDescription> JudgeAsync(Guid id, ContentKey key, EvidenceDescription file, CancellationToken cancellationToken)
    {
        if (StateOf(file) is ScanState.Held)
            file = await ScanAsync(id, key, file, cancellationToken);
        return IsToClean(file) ? await cleaning.CleanAsync(id, file, key, cancellationToken) : file;
    }

    /// <summary>Scans and cleans what is held, as much as a page can wait for; the keys are in hand only while somebody entitled looks.</summary>
    internal async Task CatchUpAsync(OpenedReport opened, IEnumerable<EvidenceFile> of, CancellationToken cancellationToken)
    {
        var left = AtOnce;
        foreach (var file in of.Where(f => IsLeft(opened.Evidence<EvidenceDescription>(f))).OrderBy(f => f.SealedLength))
        {
            left -= file.SealedLength;
            if (left < 0 || IsLeft(await CatchUpAsync(opened, file, cancellationToken)))
                return;
        }
    }

    /// <summary>What may be shown of a file in any form is asked here.</summary>
    /// <exception cref="RuleBrokenException">Something was found in it, it can't be scanned at the moment, or its sender has not decided.</exception>
    internal async Task<EvidenceDescription> RequireAsync(OpenedReport opened, EvidenceFile file, CancellationToken cancellationToken)
    {
        var description = opened.Evidence<EvidenceDescription>(file);
        if (IsLeft(description))
            description = await CatchUpAsync(opened, file, cancellationToken);
        return StateOf(description) switch
        {
            ScanState.Infected => throw new RuleBrokenException("rule.FileInfected"),
            ScanState.Held => throw new RuleBrokenException("rule.FileHeld"),
            _ when description.IsHeld => throw new RuleBrokenException("rule.FileUndecided"),
            _ => description,
        };
    }

    private bool IsLeft(EvidenceDescription file) => StateOf(file) is ScanState.Held || IsToClean(file);

    private bool IsToClean(EvidenceDescription file) => file is { Copy: null, Uncleaned: null } && StateOf(file) is ScanState.Passed or ScanState.Unasked;

    private async Task<EvidenceDescription> ScanAsync(Guid id, ContentKey key, EvidenceDescription file, CancellationToken cancellationToken)
    {
        await using var plain = await files.OpenReadAsync(id, key.ForFile(id), file.Length, cancellationToken);
        return file with { Scan = await clamd.ScanAsync(plain, cancellationToken) };
    }

    /// <summary>Kept unless the description was changed meanwhile; then that stands.</summary>
    private async Task<EvidenceDescription> CatchUpAsync(OpenedReport opened, EvidenceFile file, CancellationToken cancellationToken)
    {
        var (before, said) = (file.SealedDescription, opened.Evidence<EvidenceDescription>(file));
        var judged = await JudgeAsync(file.Id, opened.Key, said, cancellationToken);
        if (judged == said)
            return said;
        file.Describe(opened.SealEvidence(file.Id, judged), judged.Copy?.Id);
        var kept = await db.EvidenceFiles.Where(f => f.Id == file.Id && f.SealedDescription == before)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.SealedDescription, file.SealedDescription).SetProperty(x => x.CopyId, file.CopyId), cancellationToken);
        if (kept > 0)
            return judged;
        if (judged.Copy is { } unused)
            await files.ForgetAsync(unused.Id);
        var stands = await db.EvidenceFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == file.Id, cancellationToken) ?? throw new NotFoundException();
        file.Describe(stands.SealedDescription, stands.CopyId);
        return opened.Evidence<EvidenceDescription>(file);
    }
}
