using Report12350.Domain.Deadlines;

namespace Report12350.Domain.Reports;

/// <summary>What is known in clear when a report is filed.</summary>
public sealed record Filing(
    ReportId Id,
    string Number,
    Channel Channel,
    Anonymity Anonymity,
    MatterKind Kind,
    string Sector,
    string Town,
    bool OutsideCounty,
    bool Urgent,
    bool InvolvesDeaths,
    Guid? EnteredBy = null);

/// <summary>What is sealed when a report is filed.</summary>
/// <param name="EraseKeyId">Where the key lies that is destroyed to destroy it all.</param>
public sealed record FilingSeals(byte[] LookupId, byte[] KeyForReceipt, byte[] Content, byte[]? Identity, byte[]? IdentityKeyForReceipt, string EraseKeyId);

/// <content>登记, and what the reporter can still do.</content>
public sealed partial class Report
{
    public static Report File(Filing filing, FilingSeals seals, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        var report = new Report
        {
            Id = filing.Id,
            Number = filing.Number,
            Channel = filing.Channel,
            Anonymity = filing.Anonymity,
            Kind = filing.Kind,
            Sector = filing.Sector,
            Town = filing.Town,
            OutsideCounty = filing.OutsideCounty,
            Urgent = filing.Urgent,
            InvolvesDeaths = filing.InvolvesDeaths,
            EnteredBy = filing.EnteredBy,
            FiledAt = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), now.Offset),
            FiledOn = deadlines.LegalDay(now),
            MatterId = filing.Id.Value,
            LookupId = seals.LookupId,
            EraseKeyId = seals.EraseKeyId,
            KeyForReceipt = seals.KeyForReceipt,
            SealedContent = seals.Content,
            SealedIdentity = seals.Identity,
            IdentityKeyForReceipt = seals.IdentityKeyForReceipt,
        };
        report.Record("File", Actor.Reporter, report.FiledAt, forReporter: true, fact: null, text: null);
        report.StartClock(ClockKind.Accept, report.FiledAt, deadlines.DueAt(ClockKind.Accept, report.FiledAt, filing.Urgent));
        report._events.Add(new ReportFiled(report.Id.Value, report.Step));
        return report;
    }

    /// <summary>举报人留言. Allowed for ever: a report whose reporter wrote after closing is not deleted.</summary>
    public void WriteToOfficers(Sealed text, DateTimeOffset now)
    {
        ReporterWroteAt = now;
        Do(ReportAction.WriteToOfficers, Actor.Reporter, now, text: text);
        ReporterWroteAfterClosing |= ClosedAt is not null;
    }

    /// <summary>撤回: no further replies to the reporter; verification goes on.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        Do(ReportAction.Withdraw, Actor.Reporter, now);
        WithdrawnAt = now;
        StopClock(ClockKind.Feedback, now);
    }

    /// <summary>异议, within the profile's days after feedback.</summary>
    public void Object(Sealed text, DateTimeOffset now, DeadlinePolicy deadlines)
    {
        ReportWorkflow.Require(this, ReportAction.Object, Actor.Reporter);
        if (ClockOf(ClockKind.Objection) is { } window && now >= window.DueAt)
            throw new RuleBrokenException("rule.ObjectionTooLate", deadlines.LastDay(window.DueAt));
        var from = State;
        Do(ReportAction.Object, Actor.Reporter, now, text: text);
        ReturnTo = from;
        StopClock(ClockKind.Objection, now);
        StartClock(ClockKind.Reexamine, now, deadlines.DueAt(ClockKind.Reexamine, now));
    }

    /// <summary>补充材料, by the reporter or staff.</summary>
    public void AddEvidence(Actor by, int files, DateTimeOffset now) =>
        Do(ReportAction.AddEvidence, by, now, forReporter: by.Kind == ActorKind.Reporter, fact: files.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
