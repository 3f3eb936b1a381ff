using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>图片预览, drawn anew as a JPEG.</summary>
public sealed class PictureModel(IMediator mediator, ImageView view) : PageModel
{
    /// <summary>As on the report's page, many beside each other (缩略图).</summary>
    [BindProperty(SupportsGet = true)]
    public bool Small { get; set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var file = await mediator.Send(new ReadEvidence(id), cancellationToken);
        await using var content = file.Content;
        return File(await view.DrawAsync(file, cancellationToken, longest: Small ? ImageView.Thumbnail : ImageView.Screen), "image/jpeg");
    }
}
