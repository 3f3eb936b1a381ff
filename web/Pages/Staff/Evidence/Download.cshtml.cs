using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>下载证据: to be saved, never shown by the browser.</summary>
public sealed class DownloadModel(IMediator mediator, Texts texts) : PageModel
{
    /// <summary>Why it is not handed out.</summary>
    public string Refusal { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var file = await mediator.Send(new DownloadEvidence(id), cancellationToken);
            return File(file.Content, "application/octet-stream", file.Description.Name);
        }
        catch (RuleBrokenException refusal)
        {
            Refusal = texts[refusal.Code];
            return new PageResult { StatusCode = StatusCodes.Status409Conflict };
        }
    }
}
