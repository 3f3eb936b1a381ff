using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Report12350.Web.Pages;

/// <summary>快速离开: ends every session of this browser with us and shows an empty page. Works even when the form's token is stale.</summary>
[IgnoreAntiforgeryToken]
public sealed class LeaveModel : PageModel
{
    public void OnGet()
    {
    }

    public IActionResult OnPost()
    {
        if (Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            return BadRequest();
        }

        Response.ForgetAll();
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"cookies\", \"storage\"";
        return LocalRedirect("/leave");
    }
}
