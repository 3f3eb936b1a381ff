using MediatR;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Messaging;

/// <summary>An act of staff on a report they have opened: what they write is sealed under the report's own key, and never printed.</summary>
public abstract record ContentAct(OpenedReport Opened, int Version) : ICommand<Unit>, IActOnReport
{
    public ReportId Report => Opened.Id;

    public abstract ReportAction Action { get; }

    public sealed override string ToString() => GetType().Name;
}
