namespace Report12350.Domain;

/// <summary>A rule of the procedure refused an act. The code names the text shown to the person who tried.</summary>
/// <param name="code">Key of the text, such as <c>rule.NotAllowedInState</c>.</param>
/// <param name="values">Values the text names: states, dates, amounts; never what a reporter said.</param>
public sealed class RuleBrokenException(string code, params object[] values) : Exception(code)
{
    public string Code { get; } = code;

    public IReadOnlyList<object> Values { get; } = values;
}
