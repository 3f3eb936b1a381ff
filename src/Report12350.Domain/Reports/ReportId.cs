namespace Report12350.Domain.Reports;

/// <summary>Key of a report inside the system. It tells the time of filing, so it never leaves: officers see the number, reporters hold the receipt.</summary>
public readonly record struct ReportId(Guid Value)
{
    public static ReportId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString("N");
}
