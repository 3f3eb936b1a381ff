using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>取原件: asked for on a page that says what it may give away; nothing of the file is on that page.</summary>
public sealed class OriginalModel(IMediator mediator, Texts texts) : PageModel
{
    public string? Refusal { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var file = await mediator.Send(new ReadOriginal(id), cancellationToken);
            return File(file.Content, "application/octet-stream", file.Description.Name);
        }
        catch (RuleBrokenException refusal)
        {
            Refusal = texts[refusal.Code];
            return new PageResult { StatusCode = StatusCodes.Status409Conflict };
        }
    }
}
