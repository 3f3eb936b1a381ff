namespace Report12350.Domain.Reports;

/// <content>遮盖 and 对外提供. Officers see who did it and when; the report itself is never changed by it.</content>
public sealed partial class Report
{
    public void Mask(Actor by, DateTimeOffset now) => Do(ReportAction.Mask, by, now, forReporter: false);

    public void FixMasks(Actor by, DateTimeOffset now) => Do(ReportAction.FixMasks, by, now, forReporter: false);

    /// <param name="recipient">The body it was given to.</param>
    public void ShareMasked(Actor by, string recipient, DateTimeOffset now) => Do(ReportAction.ShareMasked, by, now, forReporter: false, fact: recipient);
}
