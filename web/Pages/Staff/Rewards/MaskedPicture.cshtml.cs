using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Redaction;

namespace Report12350.Web.Pages.Staff.Rewards;

/// <summary>遮盖图片: what was painted over is not in it.</summary>
public sealed class MaskedPictureModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string number, int no, CancellationToken cancellationToken) =>
        File(await mediator.Send(new ReadMaskedPicture(number, no), cancellationToken), "image/jpeg");
}
