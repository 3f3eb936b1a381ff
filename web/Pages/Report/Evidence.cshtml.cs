using System.Text;
using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Filing;

/// <summary>举证材料: files go from the wire straight into the seal, one after the other; nothing is put down unsealed on the way.</summary>
[IgnoreAntiforgeryToken, StreamedUpload]
public sealed class EvidenceModel(IMediator mediator, JurisdictionProfile profile, IAntiforgery antiforgery, Texts texts)
    : QuestionPage(mediator, profile)
{
    private const int ShortField = 4096;

    public override string Question => "evidence";

    public IReadOnlyList<string> Files => [];

    public string Accept => string.Join(',', Profile.Uploads.AllowedTypes.Select(AcceptOf).Distinct(StringComparer.Ordinal));

    protected override bool CanStartAgain => false;

    public override async Task<IActionResult> OnPostAsync()
    {
        var type = MediaTypeHeaderValue.TryParse(Request.ContentType, out var parsed) ? parsed : null;
        var boundary = HeaderUtilities.RemoveQuotes(type?.Boundary ?? "").Value;
        if (string.IsNullOrEmpty(boundary))
            return BadRequest();
        try
        {
            var reader = new MultipartReader(boundary, Request.Body);
            return await IsOurFormAsync(reader) ? await TakeAllAsync(reader) : BadRequest();
        }
        catch (InvalidDataException)
        {
            return BadRequest();
        }
    }

    protected override void Fill()
    {
    }

    protected override void Apply()
    {
    }

    protected override string FieldOf(string property) => nameof(Files);

    /// <summary>The form's token comes first, so that not a byte of a file is taken from a stranger's form.</summary>
    private async Task<bool> IsOurFormAsync(MultipartReader reader)
    {
        var first = await reader.ReadNextSectionAsync(HttpContext.RequestAborted);
        if (first?.GetContentDispositionHeader()?.Name.Value?.Trim('"') != "form-token")
            return false;
        Request.Headers["X-Form-Token"] = await ReadAsync(first);
        return await antiforgery.IsRequestValidAsync(HttpContext);
    }

    private async Task<IActionResult> TakeAllAsync(MultipartReader reader)
    {
        var goes = "more";
        var sent = 0;
        while (await reader.ReadNextSectionAsync(HttpContext.RequestAborted) is { } section)
        {
            if (section.AsFileSection() is { FileName.Length: > 0, FileStream: { } stream } file)
            {
                sent++;
                await TakeAsync(file.FileName, stream);
            }
            else if (section.GetContentDispositionHeader()?.Name.Value?.Trim('"') == "go")
            {
                goes = await ReadAsync(section);
            }
        }

        if (await Mediator.Send(new ReadDraft(Pass!), HttpContext.RequestAborted) is not { Filed: null } open)
            return Redirect(FilingRoute.Expired);
        Draft = open.Content;
        if (sent == 0 && goes != "next")
            ModelState.AddModelError(nameof(Files), "filing.evidence.none");
        if (!IsInOrder())
            return Page();
        return goes == "next" ? await GoOnAsync() : Redirect(Request.Path + Request.QueryString);
    }

    private async Task TakeAsync(string name, Stream content)
    {
        try
        {
            await Mediator.Send(new AttachEvidence(Pass!, name, content), HttpContext.RequestAborted);
        }
        catch (RuleBrokenException refusal) when (refusal.Code == "rule.TooManyFiles")
        {
            ModelState.AddModelError(nameof(Files), texts["filing.evidence.tooMany", name, Profile.Uploads.MaxFiles]);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts, nameof(Files));
        }
    }

    private async Task<string> ReadAsync(MultipartSection section)
    {
        var bytes = new byte[ShortField];
        var read = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, HttpContext.RequestAborted);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    // Cameras and recorders are offered by their kind; documents by their ending, which browsers know better.
    private static string AcceptOf(string type) => type switch
    {
        "application/pdf" => ".pdf",
        "text/plain" => ".txt",
        _ when type.EndsWith("wordprocessingml.document", StringComparison.Ordinal) => ".docx",
        _ when type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal) => ".xlsx",
        _ => type[..type.IndexOf('/', StringComparison.Ordinal)] + "/*",
    };
}
