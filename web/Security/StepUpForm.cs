using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Primitives;
using Report12350.Confidentiality;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Web.Security;

/// <summary>What was asked for when the second factor was no longer fresh (待验证的操作): the browser carries it sealed and sends it again with the code.</summary>
/// <param name="To">Path and query.</param>
/// <param name="Fields">Of the form; null when a page or file was asked for.</param>
public sealed record StepUpKept(Guid Staff, string To, Dictionary<string, string[]>? Fields, DateTimeOffset Until)
{
    public const string Purpose = "step-up";
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public override string ToString() => "kept for the second factor";
}

/// <summary>What the page that asks for the code shows.</summary>
/// <param name="HasPasskey">Whether a passkey will do instead of the code.</param>
public sealed record StepUpQuestion(string To, string Kept, bool WasTyped, bool HasPasskey);

/// <summary>Asks for the code in place of the page when a use case wants a fresh second factor.</summary>
public sealed class StepUpAsked(CookieSeal seal, CurrentStaff current, IMediator mediator, SiteAddress address, IModelMetadataProvider metadata, TimeProvider time) : IAsyncExceptionFilter
{
    public async Task OnExceptionAsync(ExceptionContext context)
    {
        if (context.Exception is not StepUpNeededException || current.Person is not { } person)
            return;
        var request = context.HttpContext.Request;
        var to = request.Path + request.QueryString;
        var fields = HttpMethods.IsPost(request.Method) && request.HasFormContentType
            ? request.Form.Where(field => field.Key != StepUpForm.Token).ToDictionary(field => field.Key, field => field.Value.Select(value => value ?? "").ToArray())
            : null;
        var kept = seal.Seal(new StepUpKept(person.Id, to, fields, time.GetUtcNow() + StepUpKept.Life), StepUpKept.Purpose);
        context.ModelState.Clear();
        if (context.HttpContext.Items[StepUpForm.Code] is string refusal)
            context.ModelState.AddModelError(StepUpForm.Code, refusal);
        var hasPasskey = address.Known is not null && (await mediator.Send(new ListMyPasskeys(), context.HttpContext.RequestAborted)).Any(key => !key.IsSuspect);
        context.Result = new ViewResult
        {
            ViewName = "~/Pages/Staff/_StepUp.cshtml",
            StatusCode = StatusCodes.Status403Forbidden,
            ViewData = new ViewDataDictionary<StepUpQuestion>(metadata, context.ModelState) { Model = new StepUpQuestion(to, kept, fields is not null, hasPasskey) },
        };
        context.ExceptionHandled = true;
    }
}

/// <summary>Takes the code, or the passkey's answer, that comes with what was kept, and lets it go on as it was first sent.</summary>
public sealed class StepUpForm(RequestDelegate next)
{
    public const string Kept = "StepUpKept";
    public const string Code = "StepUpCode";
    public const string Passkey = "StepUpPasskey";
    internal const string Token = "form-token";

    public async Task InvokeAsync(HttpContext context, IMediator mediator, CurrentStaff current, CookieSeal seal, TimeProvider time)
    {
        if (HttpMethods.IsPost(context.Request.Method) && current.Person is { } person
            && context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            if (seal.TryOpen<StepUpKept>(form[Kept], StepUpKept.Purpose, out var kept)
                && kept.Staff == person.Id && kept.Until > time.GetUtcNow() && kept.To == context.Request.Path + context.Request.QueryString)
            {
                await ConfirmAsync(context, mediator, form);
                GoOn(context, kept, form[Token]);
            }
        }

        await next(context);
    }

    /// <summary>With a wrong code it goes on too: the use case refuses again, and the page says why.</summary>
    private static async Task ConfirmAsync(HttpContext context, IMediator mediator, IFormCollection form)
    {
        var confirm = new ConfirmSecondFactor(form[Code].ToString(), PasskeyCookie.AnswerOf(context, form[Passkey]));
        context.Items[Code] = await mediator.Send(confirm, context.RequestAborted) switch
        {
            SignInOutcome.SignedIn => null,
            SignInOutcome.Waiting => "sessions.stepup.wait",
            _ => "sessions.stepup.wrong",
        };
    }

    private static void GoOn(HttpContext context, StepUpKept kept, StringValues token)
    {
        if (kept.Fields is null)
        {
            context.Request.Method = HttpMethods.Get;
            context.Request.ContentType = null;
            context.Features.Set<IFormFeature>(null);
            return;
        }

        Dictionary<string, StringValues> fields = kept.Fields.ToDictionary(field => field.Key, field => new StringValues(field.Value), StringComparer.OrdinalIgnoreCase);
        fields[Token] = token;
        context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(fields)));
    }
}
