using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Domain.Evidence;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>What lies on the store for the files of a report or a draft (在库文件): each file, and its working copy.</summary>
internal static class StoredFiles
{
    public static async Task<List<Guid>> StoredIdsAsync(this IQueryable<EvidenceFile> files, CancellationToken cancellationToken)
    {
        var known = await files.Select(f => new { f.Id, f.CopyId }).ToListAsync(cancellationToken);
        return [.. known.Select(f => f.Id), .. known.Select(f => f.CopyId).OfType<Guid>()];
    }

    /// <summary>A file that the reporter sent with this report.</summary>
    /// <exception cref="NotFoundException">It is another's, or there is none.</exception>
    public static async Task<EvidenceFile> OfReporterAsync(this IQueryable<EvidenceFile> files, OpenedReport opened, Guid id, CancellationToken cancellationToken) =>
        await files.FirstOrDefaultAsync(f => f.Id == id && f.ReportId == opened.Id && f.ByReporter, cancellationToken) ?? throw new NotFoundException();
}
