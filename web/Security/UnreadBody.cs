using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Report12350.Web.Security;

/// <summary>Leaves the body of a request (请求正文) alone: no form is looked for in it. For pages that stream it, or that answer when it broke off.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class UnreadBodyAttribute : Attribute, IResourceFilter
{
    public virtual void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
