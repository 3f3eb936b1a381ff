using Report12350.Domain;

namespace Report12350.Tests.Reports;

internal static class Refused
{
    /// <summary>The act is refused with this code.</summary>
    public static RuleBrokenException ShouldBreak(this Action act, string code)
    {
        var refusal = Should.Throw<RuleBrokenException>(act);
        refusal.Code.ShouldBe(code);
        return refusal;
    }
}
