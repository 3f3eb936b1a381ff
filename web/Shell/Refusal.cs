using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Report12350.Domain;
using Report12350.Messaging;

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

    /// <summary>Does it; what was refused is said on the same page, shown again (再填).</summary>
    /// <param name="stale">Key of what is said when somebody else was quicker.</param>
    public static async Task<IActionResult> TryAsync(this ModelStateDictionary state, Texts texts, string stale, Func<Task<IActionResult>> act, Func<Task<IActionResult>> again)
    {
        try
        {
            return await act();
        }
        catch (FluentValidation.ValidationException refusal)
        {
            state.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            state.Refuse(refusal, texts);
        }
        catch (StaleException)
        {
            state.AddModelError("", stale);
        }

        return await again();
    }
}
