using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Track;

/// <summary>输入查询码: the receipt opens the report. It travels in the form only.</summary>
[Costly]
public sealed class IndexModel(ReportOpener opener, CookieSeal seal, Texts texts) : PageModel
{
    [BindProperty]
    public string? Receipt { get; set; }

    /// <summary>Sealed: what was typed when the pass had run out.</summary>
    [BindProperty]
    public string? Unsent { get; set; }

    public bool RanOut { get; private set; }

    /// <summary>The report of this receipt is gone.</summary>
    public ErasedReport? Erased { get; private set; }

    public IActionResult OnGet()
    {
        RanOut = TempData["RanOut"] is true;
        return opener.ForReporter(Request.Secret(SecretCookies.Track)) is null ? Page() : RedirectToPage("/Track/Report");
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Confidentiality.Receipt.TryParse(Receipt, out var receipt))
            return Refuse($"tracking.signin.{Confidentiality.Receipt.Check(Receipt)}");
        var answer = await opener.ForReceiptAsync(receipt, HttpContext.RequestAborted);
        if (answer.Erased is { } erased)
            return Tell(erased);
        if (answer.Pass is not { } pass)
            return Refuse("tracking.signin.unknown");
        Response.KeepSecret(SecretCookies.Track, pass);
        return UnsentWords.Open(seal, Unsent) is { } words && words.IsFor(opener.ReportOf(pass)!.Value)
            ? RedirectToPagePreserveMethod(words.To == "object" ? "/Track/Object" : "/Track/Report", "Kept")
            : RedirectToPage("/Track/Report");
    }

    /// <summary>A message or objection came after the pass had run out: it waits here, sealed, until the receipt is typed.</summary>
    public PageResult OnPostRanOut(string? text, string? to)
    {
        Unsent = UnsentWords.Seal(seal, text, to, opener.ReportOf(Request.Secret(SecretCookies.Track)));
        Response.ForgetSecret(SecretCookies.Track);
        RanOut = true;
        return Page();
    }

    public IActionResult OnPostLeave()
    {
        Response.ForgetSecret(SecretCookies.Track);
        TempData["Notice"] = "tracking.left";
        return RedirectToPage("/Track/Index");
    }

    private PageResult Tell(ErasedReport erased)
    {
        Erased = erased;
        ModelState.Clear();
        (Receipt, Unsent) = (null, null);
        return Page();
    }

    private PageResult Refuse(string key)
    {
        RanOut = UnsentWords.Open(seal, Unsent) is not null;
        Unsent = RanOut ? Unsent : null;
        ModelState.AddModelError(nameof(Receipt), texts[key]);
        return Page();
    }
}
