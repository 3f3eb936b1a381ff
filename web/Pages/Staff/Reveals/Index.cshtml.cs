using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Identity;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff.Reveals;

/// <summary>查看身份申请, for the identity custodians.</summary>
public sealed class IndexModel(IMediator mediator, Texts texts, JurisdictionProfile profile) : PageModel
{
    public IReadOnlyList<RevealLine> Lines { get; private set; } = [];

    public async Task OnGetAsync() => Lines = await mediator.Send(new ListReveals(), HttpContext.RequestAborted);

    public string DepartmentOf(string id) => profile.DepartmentName(id, texts);
}
