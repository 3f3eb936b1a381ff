using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Tracking;
using Report12350.Web.Pages.Filing;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Track;

/// <summary>补充材料: more files after filing, sealed as they stream in.</summary>
[IgnoreAntiforgeryToken, StreamedUpload]
public sealed class EvidenceModel(IMediator mediator, ReportOpener opener, IAntiforgery antiforgery, Texts texts, JurisdictionProfile profile)
    : ReporterPage(mediator, opener, texts, profile)
{
    public string? Files { get; set; }

    /// <summary>Taken on the spot, by whoever has a camera in hand.</summary>
    public string? Photo => null;

    public UploadLimits Limits => Profile.Uploads;

    /// <summary>Cameras and recorders are offered by their kind, documents by their type.</summary>
    public string Accept => string.Join(',', Limits.AllowedTypes
        .Select(type => type.Split('/')[0] is "image" or "video" or "audio" ? type.Split('/')[0] + "/*" : type).Distinct(StringComparer.Ordinal));

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var taken = new List<SealedEvidence>();
        try
        {
            await foreach (var file in StreamedFiles.ReadAsync(HttpContext, antiforgery, Gone))
            {
                if (taken.Count == Limits.MaxFiles)
                    throw new RuleBrokenException("rule.TooManyFiles", Limits.MaxFiles);
                taken.Add(await Mediator.Send(new SealReporterEvidence(Opened, file.Name, file.Content), Gone));
            }

            await Mediator.Send(new AddReporterEvidence(Opened, taken), Gone);
            return Done("tracking.evidence.sent");
        }
        catch (InvalidDataException)
        {
            return BadRequest();
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, Words, nameof(Files));
        }

        await Mediator.Send(new GiveUpReporterEvidence(Opened, taken), Gone);
        await ReadAgainAsync();
        return Page();
    }
}
