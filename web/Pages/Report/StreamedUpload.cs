using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>Leaves the body of an upload (上传) to the page: no form is read before it, and as much is let in as all files together may have.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StreamedUploadAttribute : Attribute, IResourceFilter
{
    private const long Around = 1024 * 1024;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        var limits = context.HttpContext.RequestServices.GetRequiredService<JurisdictionProfile>().Uploads;
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = (limits.MaxFiles + 1) * limits.MaxFileBytes + Around;
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
