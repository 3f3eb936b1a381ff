using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Filing;

/// <summary>One page of the form (填报页): opens the draft, keeps the order, checks by the rules of its page and leads on.</summary>
[Costly]
public abstract class QuestionPage(IMediator mediator, JurisdictionProfile profile) : PageModel
{
    /// <summary>Name of the page among <see cref="ReportAnswersRules.Pages"/>.</summary>
    public abstract string Question { get; }

    public DraftContent Draft { get; protected set; } = new();

    public JurisdictionProfile Profile => profile;

    public ReportAnswers Answers => Draft.Answers;

    public int Step => FilingRoute.StepOf(Question);

    public int Steps => FilingRoute.Steps;

    /// <summary>Came from the last page to change one answer, and goes back there.</summary>
    public bool IsChange => Request.Query["from"] == "check";

    /// <summary>Its answers may stay in this browser for a day. Files, names and codes may not.</summary>
    public virtual bool IsKeptOnDevice => true;

    public virtual string BackHref => IsChange ? FilingRoute.Of("check") : FilingRoute.BackFrom(Question, Draft, profile);

    protected IMediator Mediator => mediator;

    protected DraftPass? Pass { get; private set; }

    /// <summary>What was typed can go into a new draft when the old one is gone.</summary>
    protected virtual bool CanStartAgain => true;

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        context.Result = await OpenAsync();
        if (context.Result is null)
            await next();
    }

    public virtual IActionResult OnGet()
    {
        Fill();
        return Page();
    }

    public virtual async Task<IActionResult> OnPostAsync()
    {
        Apply();
        return IsInOrder() ? await GoOnAsync() : Page();
    }

    /// <summary>From the draft into the fields.</summary>
    protected abstract void Fill();

    /// <summary>From the fields into the draft.</summary>
    protected abstract void Apply();

    /// <summary>Field a fault is shown beside.</summary>
    protected virtual string FieldOf(string property) => property[(property.IndexOf('.', StringComparison.Ordinal) + 1)..];

    protected bool IsInOrder()
    {
        foreach (var fault in ReportAnswersRules.Faults(Draft, profile, Question))
        {
            var field = FieldOf(fault.PropertyName);
            if (ModelState[field] is not { Errors.Count: > 0 })
                ModelState.AddModelError(field, fault.ErrorMessage);
        }

        return ModelState.IsValid;
    }

    protected async Task<IActionResult> GoOnAsync()
    {
        Draft.Done.Add(Question);
        try
        {
            await mediator.Send(new SaveDraft(Pass!, Draft), HttpContext.RequestAborted);
        }
        catch (NotFoundException)
        {
            return Redirect(FilingRoute.Expired);
        }

        return Redirect(FilingRoute.After(Question, Draft, profile, IsChange));
    }

    /// <summary>As said, without blanks at the ends; nothing when nothing was said.</summary>
    protected static string? Said(string? text)
    {
        var said = text?.ReplaceLineEndings("\n").Trim();
        return string.IsNullOrEmpty(said) ? null : said;
    }

    /// <summary>A number or code, whichever keyboard it was typed on.</summary>
    protected static string? Plain(string? text) => Said(text)?.Normalize(NormalizationForm.FormKC);

    private async Task<IActionResult?> OpenAsync()
    {
        Pass = DraftPass.Parse(Request.Secret(SecretCookies.Draft));
        var open = Pass is null ? null : await mediator.Send(new ReadDraft(Pass), HttpContext.RequestAborted);
        if (open?.Filed is not null)
            return Redirect(FilingRoute.Done);
        if (open is null)
            return await StartAgainAsync();
        Draft = open.Content;
        if (FilingRoute.IsReachable(Question, Draft, profile))
            return null;
        await KeepTypedAsync();
        return Redirect(FilingRoute.Of(FilingRoute.FirstOpen(Draft, profile)));
    }

    private async Task<IActionResult> StartAgainAsync()
    {
        if (HttpMethods.IsPost(Request.Method) && CanStartAgain)
        {
            Pass = await mediator.Send(new StartDraft(), HttpContext.RequestAborted);
            Draft = (await mediator.Send(new ReadDraft(Pass), HttpContext.RequestAborted))!.Content;
            Response.KeepSecret(SecretCookies.Draft, Pass.ToCookie());
            await KeepTypedAsync();
        }

        return Redirect(FilingRoute.Expired);
    }

    private async Task KeepTypedAsync()
    {
        if (!HttpMethods.IsPost(Request.Method) || !CanStartAgain)
            return;
        Apply();
        await mediator.Send(new SaveDraft(Pass!, Draft), HttpContext.RequestAborted);
    }
}
