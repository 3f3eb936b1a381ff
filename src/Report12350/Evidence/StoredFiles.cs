using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence;

/// <summary>What lies on the store for the files of a report or a draft (在库文件): each file, and its working copy.</summary>
internal static class StoredFiles
{
    public static async Task<List<Guid>> StoredIdsAsync(this IQueryable<EvidenceFile> files, CancellationToken cancellationToken)
    {
        var known = await files.Select(f => new { f.Id, f.CopyId }).ToListAsync(cancellationToken);
        return [.. known.Select(f => f.Id), .. known.Select(f => f.CopyId).OfType<Guid>()];
    }
}
