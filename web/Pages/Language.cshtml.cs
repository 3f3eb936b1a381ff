using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Report12350.Web.Pages;

/// <summary>Keeps the language (语言) a visitor reads in.</summary>
public sealed class LanguageModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public IActionResult OnPost(string? lang, string? back)
    {
        Response.Keep(Cookies.Language, lang == TextBook.English ? TextBook.English : TextBook.Chinese);
        return LocalRedirect(Url.IsLocalUrl(back) ? back! : "/");
    }
}
