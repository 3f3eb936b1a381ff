using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>Hands a file out to be saved (取走材料), never shown by the browser; or says why not.</summary>
public abstract class TakenFilePage(IMediator mediator, Texts texts) : PageModel
{
    /// <summary>Why it is not handed out.</summary>
    public string? Refusal { get; private set; }

    protected async Task<IActionResult> TakeAsync(IRequest<EvidenceContent> request, CancellationToken cancellationToken)
    {
        try
        {
            var file = await mediator.Send(request, cancellationToken);
            return File(file.Content, "application/octet-stream", file.Description.Name);
        }
        catch (RuleBrokenException refusal)
        {
            Refusal = texts[refusal.Code];
            return new PageResult { StatusCode = StatusCodes.Status409Conflict };
        }
    }
}
