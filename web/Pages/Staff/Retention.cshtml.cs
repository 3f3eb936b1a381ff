using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Profiles;
using Report12350.Retention;

namespace Report12350.Web.Pages.Staff;

/// <summary>保存期限: what would be erased at the next run, what is held and why, what waits for a second person, and what went.</summary>
public sealed class RetentionModel(IMediator mediator, JurisdictionProfile profile) : PageModel
{
    public RetentionState State { get; private set; } = null!;

    public IReadOnlyList<DueReport> Due => [.. State.Due.Where(d => d.Hold is null)];

    public IReadOnlyList<DueReport> Held => [.. State.Due.Where(d => d.Hold is not null)];

    public JurisdictionProfile Profile => profile;

    public async Task OnGetAsync() => State = await mediator.Send(new ReadRetention(), HttpContext.RequestAborted);
}
