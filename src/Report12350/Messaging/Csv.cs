namespace Report12350.Messaging;

/// <summary>导出表格 as CSV that a spreadsheet reads as text: no cell is ever a formula.</summary>
public static class Csv
{
    private const string Formula = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(cell => Cell(cell ?? ""))) + "\r\n";

    /// <summary>A spreadsheet must read it as text, whatever it begins with.</summary>
    public static string Cell(string value)
    {
        var safe = value.TrimStart(' ') is { Length: > 0 } text && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
