namespace Report12350.Domain.Reports;

/// <summary>Something that happened to a report: names and ids only, never what was said.</summary>
public abstract record ReportEvent(Guid Report, int Step);

/// <summary>举报已登记.</summary>
public sealed record ReportFiled(Guid Report, int Step) : ReportEvent(Report, Step);

/// <summary>A step was taken on a report. <paramref name="Departments"/> are those concerned before and after it.</summary>
public sealed record ReportProgressed(Guid Report, int Step, ReportAction Action, bool ForReporter, IReadOnlyList<string> Departments)
    : ReportEvent(Report, Step);
