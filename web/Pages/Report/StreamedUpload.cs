using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Report12350.Profiles;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Filing;

/// <summary>Leaves the body of an upload (上传) to the page, and lets in as much as all files together may have.</summary>
public sealed class StreamedUploadAttribute : UnreadBodyAttribute
{
    private const long Around = 1024 * 1024;

    public override void OnResourceExecuting(ResourceExecutingContext context)
    {
        base.OnResourceExecuting(context);
        Admit(context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<JurisdictionProfile>().Uploads);
    }

    internal static void Admit(HttpContext context, UploadLimits limits)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.MaxReportBytes + limits.MaxAnyBytes + Around;
    }
}
