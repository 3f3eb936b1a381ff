using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>取原件: asked for on a page that says what it may give away; nothing of the file is on that page.</summary>
public sealed class OriginalModel(IMediator mediator, Texts texts) : TakenFilePage(mediator, texts)
{
    public void OnGet()
    {
    }

    public Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken) => TakeAsync(new ReadOriginal(id), cancellationToken);
}
