using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Confidentiality;

/// <summary>What the reporter's cookie holds after the receipt was typed: no server keeps it.</summary>
public sealed record ReporterPass(Guid Report, byte[] Key, DateTimeOffset ExpiresAt);

/// <summary>What a receipt gives: a pass, word of an erasure, or neither.</summary>
public sealed record ReceiptAnswer(string? Pass, ErasedReport? Erased);

/// <summary>What a reporter is told of a report that was erased (已删除): when and why, and nothing that says which one it was.</summary>
public sealed record ErasedReport(DateTimeOffset At, ErasureReason Reason);

/// <summary>The one door to what reports say: by receipt, or for staff whom the access table and the keys both admit.</summary>
public sealed class ReportOpener(
    ReportsDbContext db, GroupKeys groups, EraseKeys eraseKeys, ReceiptDerivation derivation, CookieSeal cookies, CurrentStaff current, AuditTrail audit, TimeProvider time)
{
    public const int PassMinutes = 30;
    private const string Purpose = "track";

    public async Task<string?> PassForReceiptAsync(Receipt receipt, CancellationToken cancellationToken) =>
        (await ForReceiptAsync(receipt, cancellationToken)).Pass;

    /// <summary>Opens by receipt, or says that the report was erased. Unknown and wrong receipts do the same work and give the same answer.</summary>
    public async Task<ReceiptAnswer> ForReceiptAsync(Receipt receipt, CancellationToken cancellationToken)
    {
        var keys = await derivation.DeriveAsync(receipt, cancellationToken);
        var found = await db.Reports.AsNoTracking().Where(r => r.LookupId == keys.LookupId)
            .Select(r => new { r.Id, r.KeyForReceipt, r.EraseKeyId }).FirstOrDefaultAsync(cancellationToken);
        if (found is null || eraseKeys.Find(found.EraseKeyId) is not { } with)
        {
            return new ReceiptAnswer(null, await db.Tombstones.AsNoTracking().Where(t => t.LookupId == keys.LookupId)
                .Select(t => new ErasedReport(t.DecidedAt, t.Reason)).FirstOrDefaultAsync(cancellationToken));
        }

        var key = Envelope.Open(with.With(keys.ReceiptKey), found.KeyForReceipt, Places.KeyForReceipt(found.Id));
        return new ReceiptAnswer(cookies.Seal(new ReporterPass(found.Id.Value, key, time.GetUtcNow().AddMinutes(PassMinutes)), Purpose), null);
    }

    /// <summary>Opens for the holder of a pass; null when it has run out or was tampered with.</summary>
    public OpenedReport? ForReporter(string? pass) =>
        Good(pass) is { } held ? new OpenedReport(new ReportId(held.Report), ContentKey.From(held.Key), byReporter: true) : null;

    /// <summary>What the holder of a pass may hear of without opening it, and until when; null as above.</summary>
    public (ReportId Report, DateTimeOffset Until)? HeardBy(string? pass) => Good(pass) is { } held ? (new ReportId(held.Report), held.ExpiresAt) : null;

    /// <summary>Which report a pass was for, though it may have run out.</summary>
    public Guid? ReportOf(string? pass) => cookies.TryOpen<ReporterPass>(pass, Purpose, out var held) ? held.Report : null;

    /// <summary>The pass renewed while it is used.</summary>
    public string Renewed(OpenedReport opened) =>
        cookies.Seal(new ReporterPass(opened.Id.Value, opened.Key.Bytes.ToArray(), time.GetUtcNow().AddMinutes(PassMinutes)), Purpose);

    /// <summary>Opens for the person signed in, and notes it in the audit before anything is shown.</summary>
    public async Task<OpenedReport> ForStaffAsync(Report report, CancellationToken cancellationToken)
    {
        var role = Permissions.ReadingRole(current.Required(), report, time.GetUtcNow());
        if (role is null || await groups.OpenAsync(report.Id, KeyPurpose.Content, cancellationToken) is not { } key)
        {
            await audit.RefuseAsync("OpenReport", report.Id, cancellationToken);
            throw new NotPermittedException();
        }

        await audit.NoteAsync("OpenReport", report.Id, cancellationToken, role);
        return new OpenedReport(report.Id, key, byReporter: false);
    }

    /// <summary>Opens for an act on it; the act itself is what the audit notes.</summary>
    public async Task<OpenedReport> ForActAsync(ReportId report, CancellationToken cancellationToken)
    {
        if (await groups.OpenAsync(report, KeyPurpose.Content, cancellationToken) is { } key)
            return new OpenedReport(report, key, byReporter: false);
        await audit.RefuseAsync("OpenReport", report, cancellationToken);
        throw new NotPermittedException();
    }

    private ReporterPass? Good(string? pass) =>
        cookies.TryOpen<ReporterPass>(pass, Purpose, out var held) && held.ExpiresAt > time.GetUtcNow() ? held : null;
}
