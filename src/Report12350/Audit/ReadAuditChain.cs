using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Audit;

/// <summary>审计链状态: how long the chain is, how it was last found, what was signed of it, and by which key.</summary>
public sealed record ReadAuditChain : IQuery<AuditChainState>, INeedRole
{
    public const int Checkpoints = 31;

    IReadOnlyList<Role> INeedRole.Roles => [Role.Auditor];
}

/// <param name="Found">How it was last walked since the start of the program, or what the last checkpoint vouches for; null before either.</param>
/// <param name="Signed">Newest first.</param>
public sealed record AuditChainState(long Entries, AuditFinding? Found, IReadOnlyList<AuditCheckpoint> Signed, string PublicKey, string KeyId);

/// <summary>核验: walks the chain now.</summary>
public sealed record VerifyAudit : IQuery<AuditFinding>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Auditor];
}

/// <summary>导出审计链 as CSV: places, instants, acts, ids and seals; no word of a report and no name.</summary>
public sealed record ExportAudit : IQuery<string>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Auditor];
}

internal sealed class ReadAuditChainHandler(ReportsDbContext db, SiteSignature site, AuditWatch watch) : IRequestHandler<ReadAuditChain, AuditChainState>
{
    public async Task<AuditChainState> Handle(ReadAuditChain request, CancellationToken cancellationToken)
    {
        var ends = await db.AuditEndsAsync(cancellationToken);
        var signed = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Sequence).Take(ReadAuditChain.Checkpoints).ToListAsync(cancellationToken);
        return new AuditChainState(ends?.Sequence ?? 0, watch.Found ?? Vouched(signed.FirstOrDefault()), signed, site.PublicKey, site.KeyId);
    }

    private AuditFinding? Vouched(AuditCheckpoint? last) =>
        last is not null && SignedStatement.Parse(last.Statement) is { } said && said.IsSignedBy(site.PublicKey)
            ? new AuditFinding(last.Sequence, said["hash"] ?? "", last.At)
            : null;
}

internal sealed class VerifyAuditHandler(AuditChain chain, AuditWatch watch) : IRequestHandler<VerifyAudit, AuditFinding>
{
    public async Task<AuditFinding> Handle(VerifyAudit request, CancellationToken cancellationToken) =>
        watch.Found = await chain.VerifyAsync([], cancellationToken);
}

internal sealed class ExportAuditHandler(ReportsDbContext db, AuditTrail audit) : IRequestHandler<ExportAudit, string>
{
    private const int Batch = 2_000;

    public async Task<string> Handle(ExportAudit request, CancellationToken cancellationToken)
    {
        await audit.NoteAsync(nameof(ExportAudit), report: null, cancellationToken);
        var text = new StringBuilder(Csv.Line("sequence", "utc", "act", "staff", "role", "department", "report", "refused", "hash"));
        for (var after = 0L; ;)
        {
            var rows = await db.AuditRowsAsync(after, long.MaxValue, Batch, cancellationToken);
            foreach (var row in rows)
                text.Append(Csv.Line(Id(row.Id), Instant(row.At), row.Act, row.StaffId, row.Role, row.Department, row.ReportId, row.Refused, row.Hash.ToLowerInvariant()));
            if (rows.Count < Batch)
                return text.ToString();
            after = rows[^1].Id;
        }
    }

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Instant(string ticks) =>
        long.TryParse(ticks, CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTime.MaxValue.Ticks
            ? new DateTime(at, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            : ticks;
}
