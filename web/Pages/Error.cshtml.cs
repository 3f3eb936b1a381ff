using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Web.Security;

namespace Report12350.Web.Pages;

/// <summary>What a visitor reads when we could not answer (出错了).</summary>
[IgnoreAntiforgeryToken, UnreadBody]
[ResponseCache(NoStore = true)]
public sealed class ErrorModel : PageModel
{
    public int Code { get; private set; } = StatusCodes.Status500InternalServerError;

    /// <summary>Key of the words for it. Reading and sending fail differently when nothing can be saved.</summary>
    public string Words => Code == StatusCodes.Status503ServiceUnavailable && HttpMethods.IsGet(Request.Method) ? "shell.error.busy" : $"shell.error.{Code}";

    public UnsentForm? Unsent { get; private set; }

    public void OnGet(int? code) => Answer(code);

    public void OnPost(int? code)
    {
        Answer(code);
        if (Code is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            Unsent = UnsentForm.Of(HttpContext);
    }

    private void Answer(int? code)
    {
        // After an exception the answer has its code already; the address has it after a bare status.
        var found = code ?? Response.StatusCode;
        Code = found is >= 400 and < 600 ? found : StatusCodes.Status500InternalServerError;
        Response.StatusCode = Code;
    }
}
