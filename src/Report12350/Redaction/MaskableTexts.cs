using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Redaction;

/// <summary>One text of a report that others may be shown; it is opened, so it is never printed.</summary>
/// <param name="Id">As the masks name it.</param>
/// <param name="Label">Key of the text that says what it is.</param>
/// <param name="On">Day it was written, where it matters.</param>
public sealed record MaskableText(string Id, string Label, DateOnly? On, string Text)
{
    public override string ToString() => nameof(MaskableText);
}

/// <summary>What may be shown of a report at all (可对外内容): what was reported, the letters that went to and fro, the written records. Never who the reporter is, whom they fear, or what officers noted for themselves.</summary>
internal static class MaskableTexts
{
    private static readonly HashSet<string> Letters = [nameof(ReportAction.WriteToOfficers), nameof(ReportAction.ReplyToReporter), nameof(ReportAction.Object), nameof(ReportAction.Conclude)];

    public static IReadOnlyList<MaskableText> Of(Report report, OpenedReport opened, JurisdictionProfile profile) =>
        [.. Answers(opened.Content<ReportAnswers>(report)).Concat(Written(report, opened, profile)).Concat(Records(report, opened)).Where(t => t.Text.Length > 0)];

    private static IEnumerable<MaskableText> Answers(ReportAnswers answers)
    {
        List<(string Name, string? Text)> said =
        [
            ("narrative", answers.Narrative), ("unit", answers.Unit), ("creditCode", answers.UnitCreditCode), ("place", answers.Place),
            ("when", answers.When), ("witnesses", answers.Witnesses), ("elsewhere", answers.ReportedElsewhere),
        ];
        return said.Select(s => new MaskableText(s.Name, $"casework.answer.{s.Name}", null, Cleaned(s.Text)));
    }

    private static IEnumerable<MaskableText> Written(Report report, OpenedReport opened, JurisdictionProfile profile) =>
        report.Timeline.Where(e => Letters.Contains(e.Act) && e.SealedText is not null).OrderBy(e => e.Step).Select(e => new MaskableText(
            e.Id.ToString("N"),
            $"masks.text.{e.Act}",
            profile.DayOf(e.At),
            Cleaned(e.Actor is ActorKind.Staff ? StaffText.Plain(opened.Text(e)!) : opened.Text(e))));

    private static IEnumerable<MaskableText> Records(Report report, OpenedReport opened) =>
        report.VerificationRecords.OrderBy(r => r.At).SelectMany(r =>
        {
            var content = opened.Verification<VerificationRecordContent>(r);
            List<(string Name, string? Text)> written =
            [
                ("Place", content.Place), ("Officers", content.Officers), ("UnitPresent", content.UnitPresent), ("Findings", content.Findings),
                ("LawBasis", content.LawBasis), ("MeasuresAtOnce", content.MeasuresAtOnce),
            ];
            return written.Select(w => new MaskableText($"{r.Id:N}.{w.Name}", $"casework.record.{w.Name}", content.VisitedOn, Cleaned(w.Text)));
        });

    /// <summary>As a browser has it, so that what is chosen there is what is masked here.</summary>
    private static string Cleaned(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
