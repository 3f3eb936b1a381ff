using MediatR;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
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
    public override string Question => "evidence";

    public override bool IsKeptOnDevice => false;

    public IReadOnlyList<string> Files => [];

    /// <summary>Taken on the spot, by whoever has a camera in hand.</summary>
    public string? Photo => null;

    public string Accept => string.Join(',', Profile.Uploads.AllowedTypes.Select(AcceptOf).Distinct(StringComparer.Ordinal));

    protected override bool CanStartAgain => false;

    public override async Task<IActionResult> OnPostAsync()
    {
        try
        {
            return await TakeAllAsync();
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

    private async Task<IActionResult> TakeAllAsync()
    {
        var goes = "more";
        var sent = 0;
        await foreach (var file in StreamedFiles.ReadAsync(HttpContext, antiforgery, HttpContext.RequestAborted, (name, value) => goes = name == "go" ? value : goes))
        {
            sent++;
            await TakeAsync(file.Name, file.Content);
        }

        if (await Mediator.Send(new ReadDraft(Pass!), HttpContext.RequestAborted) is not { Filed: null } open)
            return Redirect(FilingRoute.Expired);
        Draft = open.Content;
        if (sent == 0 && goes != "next")
            ModelState.AddModelError(nameof(Files), "filing.evidence.none");
        if (goes == "next" && Draft.Files.Values.FirstOrDefault(file => file.IsHeld) is { } held)
            ModelState.AddModelError(nameof(Files), texts["filing.evidence.held", held.Name]);
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
