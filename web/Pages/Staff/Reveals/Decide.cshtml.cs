using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Identity;
using Report12350.Profiles;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reveals;

/// <summary>One request and the custodian's decision (准许或不准许); who the reporter is is not shown here.</summary>
public sealed class DecideModel(IMediator mediator, Texts texts, JurisdictionProfile profile) : PageModel
{
    public RevealQuestion Asked { get; private set; } = null!;

    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public int? Hours { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public async Task OnGetAsync()
    {
        Asked = await mediator.Send(new ReadReveal(Id), HttpContext.RequestAborted);
        Hours ??= Asked.LongestHours;
    }

    public Task<IActionResult> OnPostGrantAsync() => DecideAsync(new GrantReveal(Id, Version, Hours), "reveals.grant.done");

    public Task<IActionResult> OnPostRefuseAsync() => DecideAsync(new RefuseReveal(Id, Version, Answer), "reveals.refuse.done");

    public string DepartmentOf(string id) => profile.DepartmentName(id, texts);

    private async Task<IActionResult> DecideAsync(IRequest<Unit> decision, string done)
    {
        if (!ModelState.IsValid)
            return await AgainAsync();
        return await ModelState.TryAsync(texts, "reveals.stale", SendAsync, AgainAsync);

        async Task<IActionResult> SendAsync()
        {
            await mediator.Send(decision, HttpContext.RequestAborted);
            TempData["Notice"] = done;
            return LocalRedirect("/staff/reveals");
        }
    }

    private async Task<IActionResult> AgainAsync()
    {
        await OnGetAsync();
        return Page();
    }
}
