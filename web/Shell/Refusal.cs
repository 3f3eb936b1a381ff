using Microsoft.AspNetCore.Mvc.ModelBinding;
using Report12350.Domain;

namespace Report12350.Web.Shell;

/// <summary>Puts what a rule refused (规则不允许) into the error summary of the page.</summary>
public static class Refusal
{
    public static void Refuse(this ModelStateDictionary state, RuleBrokenException refusal, Texts texts, string field = "") =>
        state.AddModelError(field, texts[refusal.Code, [.. refusal.Values]]);

    /// <summary>Puts what the fields' own check found beside the fields (填写有误).</summary>
    public static void Refuse(this ModelStateDictionary state, FluentValidation.ValidationException refusal)
    {
        foreach (var error in refusal.Errors)
            state.AddModelError(error.PropertyName, error.ErrorMessage);
    }
}
