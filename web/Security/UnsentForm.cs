using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Report12350.Web.Security;

/// <summary>What was typed into a form that could not be saved (未能保存的填写), so that it can be sent again as it is.</summary>
/// <param name="To">Where the form was sent.</param>
public sealed record UnsentForm(string To, IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>Shorter than this is a choice or a number, which need not be read again.</summary>
    private const int Words = 20;

    /// <summary>Secrets are never sent back to a browser, so a form that asks for one is typed again.</summary>
    private static readonly string[] Secrets = ["Password", "Again", "Code", "TotpCode", "Kept", "Receipt", "ClaimCode", "ClaimCodeAgain", "RecoveryKey", "RecoveryCode"];

    public IEnumerable<string> Texts => Fields.Select(f => f.Value).Where(value => value.Length >= Words);

    /// <summary>Null when nothing was typed, or files came with it, or a secret. Only a form already read is looked at.</summary>
    public static UnsentForm? Of(HttpContext context)
    {
        if (AddressOf(context) is not { } address
            || context.Features.Get<IFormFeature>()?.Form is not { Files.Count: 0 } form
            || form.Keys.Any(name => Secrets.Contains(name[(name.LastIndexOf('.') + 1)..])))
        {
            return null;
        }

        List<(string, string)> fields = [.. from field in form where field.Key is not ("form-token" or CostlyAttribute.Answer) from value in field.Value select (field.Key, value ?? "")];
        return fields.Count == 0 ? null : new UnsentForm(address, fields);
    }

    /// <summary>Where the form was sent, before the error page was shown in that page's stead.</summary>
    private static string? AddressOf(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } bare ? bare.OriginalPath + bare.OriginalQueryString
        : context.Features.Get<IExceptionHandlerPathFeature>()?.Path is { } path ? path + context.Request.QueryString
        : null;

    public override string ToString() => "unsent form";
}
