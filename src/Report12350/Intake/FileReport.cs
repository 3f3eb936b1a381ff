using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Duplicates;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Intake;

/// <summary>登记: files the draft as a report and gives number and receipt. Sent twice, it files once and answers the same.</summary>
/// <param name="TruthPledged">真实性承诺 given with it; without, the draft must have it.</param>
public sealed record FileReport(DraftPass Pass, bool TruthPledged = false) : ICommand<FiledReport>
{
    internal MintedReceipt? Minted { get; set; }
}

/// <summary>Has a receipt at hand before the transaction begins: on SQLite nobody else writes while one lasts, and to derive one takes as long as several filings.</summary>
internal sealed class ReceiptAtHand(ReceiptMint mint) : IPipelineBehavior<FileReport, FiledReport>
{
    public async Task<FiledReport> Handle(FileReport request, CancellationToken cancellationToken, RequestHandlerDelegate<FiledReport> next)
    {
        request.Minted = await mint.TakeAsync(cancellationToken);
        return await next();
    }
}

internal sealed class FileReportHandler(
    ReportsDbContext db, EraseKeys eraseKeys, GroupKeys groups, ConflictBlocks conflicts, SiteSignature site, Fingerprints fingerprints, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<FileReport, FiledReport>
{
    public async Task<FiledReport> Handle(FileReport request, CancellationToken cancellationToken)
    {
        var draft = await db.LockedDraftAsync(request.Pass.Id, time.GetUtcNow(), cancellationToken);
        if (request.Pass.Filed(draft) is { } already)
            return already;
        var content = request.Pass.Open(draft);
        content.Answers.TruthPledged |= request.TruthPledged;
        ReportAnswersRules.CheckWhole(content, profile);
        content.Answers.FileHashes = [.. content.Files.Values.Select(file => file.Sha256).Order(StringComparer.Ordinal)];

        var now = time.GetUtcNow();
        var minted = request.Minted!;
        var (report, key, identityKey) = await ReportOfAsync(content, minted.Keys, draft.StaffId, now, cancellationToken);
        db.Reports.Add(report);
        db.Fingerprints.Add(FingerprintOf(report, content.Answers));
        if (identityKey is not null)
            db.ReportKeys.Add(await groups.SealedForAsync(report.Id, identityKey, KeyPurpose.Identity, Groups.Custodians, cancellationToken));
        // Supervisors too: it can be overdue before anybody has opened it, and then nobody is there to give them the key.
        await groups.EntitleAsync(report.Id, key, KeyPurpose.Content, [Groups.Dispatchers, Groups.Supervisors], cancellationToken);
        await conflicts.BlockNamedAsync(report, content.Answers.KeepFrom, cancellationToken);
        db.RewardClaims.Add(new RewardClaim(
            content.ClaimId, report.Id, report.Number, content.Answers.RewardWanted is true, content.ClaimCodeHash, now));
        await TakeOverFilesAsync(draft.Id, report.Id, cancellationToken);

        var deadlines = profile.DeadlinesOn(report.FiledOn);
        var filed = new FiledReport(
            report.Number,
            minted.Receipt.Digits,
            content.Answers.RewardWanted is true,
            deadlines.LastDay(report.NextDueAt!.Value),
            content.Channel,
            FilingProof.Write(site, report, key));
        draft.SealedAnswers = [];
        draft.SealedFiled = request.Pass.Seal(filed);
        return filed;
    }

    private ReportFingerprint FingerprintOf(Report report, ReportAnswers answers)
    {
        var taken = fingerprints.Of(ComparedForm.Unit(answers, profile), ComparedForm.Bigrams(answers.Narrative));
        return new ReportFingerprint { Number = report.Number, ReportId = report.Id, SealedFingerprint = fingerprints.Seal(taken, report.Id) };
    }

    private async Task<(Report Report, ContentKey Key, ContentKey? IdentityKey)> ReportOfAsync(
        DraftContent content, ReceiptKeys receipt, Guid? enteredBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answers = content.Answers;
        var deadlines = profile.DeadlinesOn(profile.DayOf(now));
        var id = ReportId.New(now);
        var key = ContentKey.From(content.ContentKey);
        var filing = new Filing(
            id,
            await NumberAsync(deadlines.LegalDay(now).Year, cancellationToken),
            content.Channel,
            answers.Anonymity!.Value,
            answers.Kind!.Value,
            answers.Sector!,
            answers.Town!,
            OutsideCounty: !profile.Town(answers.Town!).IsManaged,
            answers.Urgent is true,
            InvolvesDeaths: answers.Kind is MatterKind.ConcealedAccident || answers.Deaths > 0,
            enteredBy);
        var identityKey = answers.Anonymity is Anonymity.Named ? ContentKey.Generate() : null;
        var eraseKey = eraseKeys.Take();
        var receiptKey = eraseKey.With(receipt.ReceiptKey);
        var seals = new FilingSeals(
            receipt.LookupId,
            Envelope.Seal(receiptKey, key.Bytes, Places.KeyForReceipt(id)),
            key.SealJson(answers, Places.Content(id)),
            identityKey?.SealJson(content.Identity, Places.Identity(id)),
            identityKey is null ? null : Envelope.Seal(receiptKey, identityKey.Bytes, Places.IdentityKeyForReceipt(id)),
            eraseKey.Id);
        return (Report.File(filing, seals, now, deadlines), key, identityKey);
    }

    /// <summary>举报编号: year, running number and check digit, such as 20260000017.</summary>
    private async Task<string> NumberAsync(int year, CancellationToken cancellationToken)
    {
        var name = $"reports/{year}";
        if (await db.Counters.Where(c => c.Name == name).ExecuteUpdateAsync(c => c.SetProperty(x => x.Value, x => x.Value + 1), cancellationToken) == 0)
        {
            db.Counters.Add(new Counter { Name = name, Value = 1 });
            await db.SaveChangesAsync(cancellationToken);
        }

        var value = await db.Counters.AsNoTracking().Where(c => c.Name == name).Select(c => c.Value).SingleAsync(cancellationToken);
        var digits = string.Create(CultureInfo.InvariantCulture, $"{year}{value:000000}");
        return digits + Damm.CheckDigit(digits).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Files on their way too: the reporter goes on sending them with the receipt.</summary>
    private async Task TakeOverFilesAsync(Guid draft, ReportId report, CancellationToken cancellationToken)
    {
        foreach (var file in await db.EvidenceFiles.Where(f => f.DraftId == draft).ToListAsync(cancellationToken))
            file.ForReport(report);
        await db.EvidenceUploads.Where(u => u.DraftId == draft)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.DraftId, (Guid?)null).SetProperty(x => x.ReportId, report), cancellationToken);
    }
}
