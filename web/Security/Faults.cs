using Microsoft.AspNetCore.Diagnostics;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Evidence;
using Report12350.Messaging;

namespace Report12350.Web.Security;

/// <summary>Which answer a fault gets when no page caught it; the words are the error page's.</summary>
public static class Faults
{
    public static int StatusOf(Exception exception) => exception switch
    {
        NotPermittedException => StatusCodes.Status403Forbidden,
        NotFoundException => StatusCodes.Status404NotFound,
        StaleException or RuleBrokenException => StatusCodes.Status409Conflict,
        FluentValidation.ValidationException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        FileTooLargeException => StatusCodes.Status413PayloadTooLarge,
        EvidenceStoreDownException or EraseKeyMissingException => StatusCodes.Status503ServiceUnavailable,
        _ when DatabaseSetup.IsUnavailable(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static ExceptionHandlerOptions Handling => new()
    {
        ExceptionHandlingPath = "/error",
        StatusCodeSelector = StatusOf,
        SuppressDiagnosticsCallback = context => StatusOf(context.Exception) < StatusCodes.Status500InternalServerError,
    };
}
