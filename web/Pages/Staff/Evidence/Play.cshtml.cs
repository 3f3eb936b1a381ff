using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>播放 of a film or a recording, piece by piece as the player asks: one look in the audit, one segment in memory.</summary>
public sealed class PlayModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new ReadEvidence(id), cancellationToken);
        if (file.Description.MediaType.Split('/')[0] is "video" or "audio")
            return new FileStreamResult(file.Content, file.Description.MediaType) { EntityTag = new($"\"{file.Description.Sha256}\""), EnableRangeProcessing = true };
        await file.Content.DisposeAsync();
        return NotFound();
    }
}
