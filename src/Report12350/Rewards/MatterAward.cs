using Report12350.Domain.Reports;

namespace Report12350.Rewards;

/// <summary>One matter, one payment: the report that holds the matter's award. Its key is the matter, so there is one winner.</summary>
public sealed class MatterAward
{
    public required Guid MatterId { get; init; }

    public required ReportId ReportId { get; init; }
}
