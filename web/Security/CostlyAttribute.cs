using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Report12350.Confidentiality;

namespace Report12350.Web.Security;

/// <summary>A page whose form costs us something (高成本表单): to start a draft, to file, to try a receipt or a claim code.</summary>
/// <remarks>
/// In calm it does nothing. Under flood a form that carries the answer of a sum goes on at once, and one without it, as
/// from a browser without script, waits for its turn in the slow lane. Nobody is refused for where they come from.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CostlyAttribute : Attribute, IAsyncResourceFilter
{
    public const string Answer = "altcha";
    private const string Asked = "under flood";
    private const int Sum = 10_000;

    /// <summary>Whether the page being written should have its forms do a sum.</summary>
    public static bool IsUnderFlood(HttpContext context) => context.Items.ContainsKey(Asked);

    /// <summary>A sum as hard as the flood is high.</summary>
    public static WorkChallenge Ask(HttpContext context, FloodGauge gauge, WorkProof proof) =>
        proof.Ask(Sum * Math.Max(1, gauge.Height(context.Connection.RemoteIpAddress)));

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.Filters.Any(filter => filter is UnreadBodyAttribute))
        {
            await next();
            return;
        }

        var gauge = http.RequestServices.GetRequiredService<FloodGauge>();
        var sends = HttpMethods.IsPost(http.Request.Method);
        var network = sends ? gauge.Note(http.Connection.RemoteIpAddress) : 0;
        if (gauge.Height(http.Connection.RemoteIpAddress) > 0)
            http.Items[Asked] = true;
        if (!sends || !IsUnderFlood(http) || await HasAnswerAsync(http))
            await next();
        else
            await InTurnAsync(context, next, network);
    }

    private static async Task<bool> HasAnswerAsync(HttpContext http) =>
        http.Request.HasFormContentType
        && http.RequestServices.GetRequiredService<WorkProof>().Accept((await http.Request.ReadFormAsync(http.RequestAborted))[Answer]);

    private static async Task InTurnAsync(ResourceExecutingContext context, ResourceExecutionDelegate next, long network)
    {
        var http = context.HttpContext;
        var visitor = http.Request.Secret("form") ?? "";
        var size = http.Request.ContentLength ?? (64 * 1024);
        using var turn = await http.RequestServices.GetRequiredService<SlowLane>().EnterAsync(network, visitor, size, http.RequestAborted);
        if (turn is not null)
        {
            await next();
            return;
        }

        http.Response.Headers.RetryAfter = "5";
        context.Result = new StatusCodeResult(StatusCodes.Status429TooManyRequests);
    }
}
