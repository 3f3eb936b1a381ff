using MediatR;
using Report12350.Confidentiality;
using Report12350.Staff;
using Report12350.Web.Notifications;

namespace Report12350.Web.Security;

/// <summary>Takes up the staff session on the staff's pages, and shows the rest the way to sign-in. Public pages never look.</summary>
public sealed class StaffGate(RequestDelegate next)
{
    private static readonly string[] Open = ["/staff/sign-in", "/staff/join"];

    public async Task InvokeAsync(HttpContext context, IMediator mediator, CurrentStaff current)
    {
        var path = context.Request.Path;
        var staffPage = path.StartsWithSegments("/staff") || path.StartsWithSegments("/files");
        if ((staffPage || path.StartsWithSegments("/report"))
            && SessionPass.Parse(context.Request.Secret(SecretCookies.Staff)) is { } pass)
        {
            await mediator.Send(new ResumeSession(pass, Seen: context.Request.IsRead()), context.RequestAborted);
        }

        if (staffPage && !current.IsSignedIn && !Open.Any(open => path.StartsWithSegments(open)))
            context.Response.Redirect("/staff/sign-in");
        else
            await next(context);
    }
}
