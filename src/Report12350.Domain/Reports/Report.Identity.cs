using Report12350.Domain.Identity;

namespace Report12350.Domain.Reports;

/// <content>查看举报人身份.</content>
public sealed partial class Report
{
    /// <summary>Asks the identity custodians; the reporter sees that it was asked, and why.</summary>
    public void RequestReveal(Actor by, RevealReason reason, DateTimeOffset now) =>
        Do(ReportAction.RequestReveal, by, now, fact: reason.ToString());
}
