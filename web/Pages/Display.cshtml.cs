using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Report12350.Web.Pages;

/// <summary>Keeps the size of type a visitor reads in (大字版).</summary>
public sealed class DisplayModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public IActionResult OnPost(string? size, string? back)
    {
        Response.Keep(Cookies.Display, size == Cookies.Elder ? Cookies.Elder : "normal");
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : "/");
    }
}
