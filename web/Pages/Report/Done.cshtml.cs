using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报编号和查询码: shown until the reporter says they are saved, and then no more.</summary>
public sealed class DoneModel(IMediator mediator) : PageModel
{
    public FiledReport Filed { get; private set; } = null!;

    public bool IsDesk => Filed.Channel is Channel.Phone or Channel.Letter or Channel.Visit;

    [BindProperty]
    public bool Saved { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var (_, filed) = await ReadAsync();
        return filed is null ? Redirect(FilingRoute.Expired) : Show(filed);
    }

    /// <summary>登记证明, as a file.</summary>
    public async Task<IActionResult> OnGetProofAsync()
    {
        var (_, filed) = await ReadAsync();
        return filed is null ? Redirect(FilingRoute.Expired) : ProofFile.Of(filed.Proof);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (pass, filed) = await ReadAsync();
        if (pass is null || filed is null)
            return Redirect(FilingRoute.Goodbye);
        if (!Saved)
        {
            ModelState.AddModelError(nameof(Saved), "filing.error.saved");
            return Show(filed);
        }

        Filed = filed;
        await mediator.Send(new ForgetReceipt(pass), HttpContext.RequestAborted);
        Response.ForgetSecret(SecretCookies.Draft);
        return Redirect(IsDesk ? FilingRoute.Desk : FilingRoute.Goodbye);
    }

    private PageResult Show(FiledReport filed)
    {
        Filed = filed;
        return Page();
    }

    private async Task<(DraftPass? Pass, FiledReport? Filed)> ReadAsync()
    {
        var pass = DraftPass.Parse(Request.Secret(SecretCookies.Draft));
        var open = pass is null ? null : await mediator.Send(new ReadDraft(pass), HttpContext.RequestAborted);
        return (pass, open?.Filed);
    }
}
