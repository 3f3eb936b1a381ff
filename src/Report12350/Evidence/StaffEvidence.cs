using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>A file as it was sent, not yet looked at.</summary>
public sealed record SentFile(string Name, Stream Content);

/// <summary>Takes the files staff send with an act (核查取证, 整改前后, 验收照片): sealed on the disk before the act is saved.</summary>
public sealed class StaffEvidence(ReportsDbContext db, EvidenceIntake intake, CurrentStaff current)
{
    internal async Task<IReadOnlyList<EvidenceDescription>> TakeAsync(
        OpenedReport opened, EvidencePurpose purpose, IReadOnlyList<SentFile> files, CancellationToken cancellationToken, Guid? item = null)
    {
        List<EvidenceDescription> taken = [];
        foreach (var file in files)
        {
            var (row, description) = await intake.TakeAsync(file.Content, file.Name, opened.Key, purpose, current.Actor!, cancellationToken);
            db.EvidenceFiles.Add(row.ForReport(opened.Id, item));
            taken.Add(description);
        }

        return taken;
    }

    /// <summary>The same, of photographs only.</summary>
    internal async Task<int> TakePhotographsAsync(
        OpenedReport opened, EvidencePurpose purpose, IReadOnlyList<SentFile> files, CancellationToken cancellationToken, Guid? item = null)
    {
        var taken = await TakeAsync(opened, purpose, files, cancellationToken, item);
        return taken.All(f => f.MediaType.StartsWith("image/", StringComparison.Ordinal))
            ? taken.Count
            : throw new RuleBrokenException("rule.PhotographsOnly");
    }
}
