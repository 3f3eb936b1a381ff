using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Web.Security;

namespace Report12350.Web.Pages;

/// <summary>What a visitor reads at an address that leads nowhere (没有这个页面).</summary>
[IgnoreAntiforgeryToken, UnreadBody]
public sealed class NotFoundModel : PageModel
{
    public void OnGet() => Response.StatusCode = StatusCodes.Status404NotFound;

    public void OnPost() => Response.StatusCode = StatusCodes.Status404NotFound;
}
