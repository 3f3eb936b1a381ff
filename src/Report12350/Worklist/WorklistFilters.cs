using Report12350.Domain.Reports;

namespace Report12350.Worklist;

/// <summary>What the person asked to see (筛选), and where the page before ended.</summary>
internal static class WorklistFilters
{
    private const int WholeNumber = 11;

    public static IQueryable<Report> Apply(IQueryable<Report> source, ReadWorklist request)
    {
        if (request.Town is { Length: > 0 } town)
            source = source.Where(r => r.Town == town);
        if (request.Sector is { Length: > 0 } sector)
            source = source.Where(r => r.Sector == sector);
        if (request.Kind is { } kind)
            source = source.Where(r => r.Kind == kind);
        return From(Numbered(source, request.Number), WorklistMark.Parse(request.After), request.Order);
    }

    /// <summary>A range instead of LIKE: the number's index serves it on both engines.</summary>
    private static IQueryable<Report> Numbered(IQueryable<Report> source, string? number)
    {
        var digits = number is null ? "" : string.Concat(number.Where(char.IsAsciiDigit));
        if (digits.Length == 0)
            return source;
        if (digits.Length >= WholeNumber)
            return source.Where(r => r.Number == digits);
        var beyond = digits + ":";
        return source.Where(r => string.Compare(r.Number, digits) >= 0 && string.Compare(r.Number, beyond) < 0);
    }

    private static IQueryable<Report> From(IQueryable<Report> source, WorklistMark? mark, WorklistOrder by)
    {
        if (mark is not { } last)
            return source;
        var (order, number) = (last.DueOrder, last.Number);
        if (by is WorklistOrder.Received)
            return source.Where(r => string.Compare(r.Number, number) < 0);
        return source.Where(r => r.DueOrder >= order && (r.DueOrder > order || string.Compare(r.Number, number) > 0));
    }
}
