using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Evidence;

namespace Report12350.Web.Pages.Staff.Evidence;

/// <summary>下载证据.</summary>
public sealed class DownloadModel(IMediator mediator, Texts texts) : TakenFilePage(mediator, texts)
{
    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => TakeAsync(new DownloadEvidence(id), cancellationToken);
}
