using System.Globalization;

namespace Report12350.Worklist;

/// <summary>Where a page of the worklist ended: the place and the number of its last line.</summary>
internal readonly record struct WorklistMark(long DueOrder, string Number)
{
    public static WorklistMark? Parse(string? text)
    {
        var parts = text?.Split('.');
        return parts is [var order, { Length: > 0 } number] && long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var due)
            ? new WorklistMark(due, number)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DueOrder}.{Number}");
}
