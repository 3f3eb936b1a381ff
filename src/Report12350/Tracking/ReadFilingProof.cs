using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Messaging;

namespace Report12350.Tracking;

/// <summary>下载登记证明: the same text as on the day of filing, made anew from what is kept.</summary>
public sealed record ReadFilingProof(OpenedReport Opened) : IQuery<string>, IActOfReporter;

internal sealed class ReadFilingProofHandler(ReportsDbContext db, SiteSignature site) : IRequestHandler<ReadFilingProof, string>
{
    public async Task<string> Handle(ReadFilingProof request, CancellationToken cancellationToken) =>
        FilingProof.Write(
            site,
            await db.Reports.AsNoTracking().FirstOrDefaultAsync(r => r.Id == request.Opened.Id, cancellationToken) ?? throw new NotFoundException(),
            request.Opened.Key);
}
