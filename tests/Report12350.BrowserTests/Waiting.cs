using Microsoft.Playwright;

namespace Report12350.BrowserTests;

/// <summary>Waiting for what a page comes to.</summary>
public static class Waiting
{
    /// <summary>
    /// Until the script function holds. Playwright's own WaitForFunction has the page evaluate a string at every look, which the site's
    /// policy refuses after the first: <c>unsafe-eval</c>.
    /// </summary>
    public static Task UntilAsync(this IPage page, string holds, object? argument = null) =>
        page.EvaluateAsync(
            $$"""
            async (argument) => {
              const holds = {{holds}};
              while (!(await holds(argument))) await new Promise((again) => setTimeout(again, 50));
            }
            """,
            argument).WaitAsync(TimeSpan.FromMinutes(2));
}
