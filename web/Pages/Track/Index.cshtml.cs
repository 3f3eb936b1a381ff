using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Track;

/// <summary>输入查询码: the receipt opens the report. It travels in the form only.</summary>
public sealed class IndexModel(ReportOpener opener, Texts texts) : PageModel
{
    [BindProperty]
    public string? Receipt { get; set; }

    public bool RanOut { get; private set; }

    public IActionResult OnGet()
    {
        RanOut = TempData["RanOut"] is true;
        return opener.ForReporter(Request.Secret(SecretCookies.Track)) is null ? Page() : RedirectToPage("/Track/Report");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Confidentiality.Receipt.TryParse(Receipt, out var receipt))
            return Refuse($"tracking.signin.{Confidentiality.Receipt.Check(Receipt)}");
        if (await opener.PassForReceiptAsync(receipt, HttpContext.RequestAborted) is not { } pass)
            return Refuse("tracking.signin.unknown");
        Response.KeepSecret(SecretCookies.Track, pass);
        return RedirectToPage("/Track/Report");
    }

    public IActionResult OnPostLeave()
    {
        Response.ForgetSecret(SecretCookies.Track);
        TempData["Notice"] = "tracking.left";
        return RedirectToPage("/Track/Index");
    }

    private PageResult Refuse(string key)
    {
        ModelState.AddModelError(nameof(Receipt), texts[key]);
        return Page();
    }
}
