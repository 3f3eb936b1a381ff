using System.Globalization;
using MediatR;
using Report12350.Domain;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>下载 one file of a report. A picture is drawn anew and says across it who took it out, for which department, and when.</summary>
public sealed record DownloadEvidence(Guid File) : IQuery<EvidenceContent>;

internal sealed class DownloadEvidenceHandler(EvidenceOpener opener, ImageView view, CurrentStaff current, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<DownloadEvidence, EvidenceContent>
{
    public async Task<EvidenceContent> Handle(DownloadEvidence request, CancellationToken cancellationToken)
    {
        var file = await opener.TakeAsync(nameof(DownloadEvidence), request.File, cancellationToken);
        if (!ImageView.CanDraw(file.Description.MediaType))
            return file;
        await using var content = file.Content;
        if (Watermark.Font is null)
            throw new RuleBrokenException("rule.NoFont");
        var drawn = await view.DrawAsync(file, cancellationToken, watermark: Words());
        var name = Path.ChangeExtension(file.Description.Name, ".jpg");
        return new EvidenceContent(file.Description with { Name = name, MediaType = "image/jpeg", Length = drawn.Length }, new MemoryStream(drawn));
    }

    private string Words()
    {
        var department = current.Required().Department;
        var now = time.GetUtcNow().ToOffset(profile.UtcOffset);
        return string.Create(CultureInfo.InvariantCulture, $"{current.DisplayName} {profile.FindDepartment(department)?.Name ?? department} {now:yyyy-MM-dd HH:mm}");
    }
}
