using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Tracking;
using Report12350.Web.Notifications;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Track;

/// <summary>A page for the holder of the receipt: opens the report by the pass, renews it while it is used, asks again when it has run out.</summary>
public abstract class ReporterPage(IMediator mediator, ReportOpener opener, Texts texts, JurisdictionProfile profile) : PageModel
{
    protected IMediator Mediator => mediator;

    protected Texts Words => texts;

    protected JurisdictionProfile Profile => profile;

    protected CancellationToken Gone => HttpContext.RequestAborted;

    protected OpenedReport Opened { get; private set; } = null!;

    public TrackedReport Report { get; private set; } = null!;

    public TrackingWords Say => new(texts.Say, texts.IsChinese, texts.Today, profile);

    /// <summary>Name under which what was typed here is kept while the reporter signs in again; null where nothing is typed.</summary>
    protected virtual string? KeptAs => null;

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var pass = Request.Secret(SecretCookies.Track);
        if (opener.ForReporter(pass) is not { } opened)
        {
            context.Result = AskAgain(pass is not null);
            return;
        }

        if (Request.IsRead())
            Response.KeepSecret(SecretCookies.Track, opener.Renewed(opened));
        Opened = opened;
        try
        {
            Report = await mediator.Send(new ReadTracking(opened), Gone);
        }
        catch (NotFoundException)
        {
            // Erased since the receipt was typed: typed again, it says so.
            Response.ForgetSecret(SecretCookies.Track);
            context.Result = RedirectToPage("/Track/Index");
            return;
        }

        await next();
    }

    protected async Task ReadAgainAsync() => Report = await mediator.Send(new ReadTracking(Opened), Gone);

    protected RedirectToPageResult Done(string notice)
    {
        TempData["Notice"] = notice;
        return RedirectToPage("/Track/Report");
    }

    /// <summary>What the reporter typed before signing in again.</summary>
    protected string? Kept(string? unsent) =>
        UnsentWords.Open(HttpContext.RequestServices.GetRequiredService<CookieSeal>(), unsent) is { } words && words.IsFor(Opened.Id.Value) ? words.Text : null;

    /// <summary>What was typed goes along as it was sent, so that the receipt's page can keep it.</summary>
    private RedirectToPageResult AskAgain(bool ranOut)
    {
        if (HttpMethods.IsPost(Request.Method) && KeptAs is { } to)
            return RedirectToPagePreserveMethod("/Track/Index", "RanOut", new { to });
        if (ranOut && Request.IsRead())
        {
            Response.ForgetSecret(SecretCookies.Track);
            TempData["RanOut"] = true;
        }

        return RedirectToPage("/Track/Index");
    }
}
