using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Rewards;
using Report12350.Redaction;

namespace Report12350.Demo;

/// <content>Reports shown to the committee with masks.</content>
internal sealed partial class DemoReports
{
    /// <summary>Of each report that is put to the vote the narrative and a picture are shown, its last sentence and a corner masked; one still waits for a second person.</summary>
    public async Task MaskForTheCommitteeAsync()
    {
        var voted = await ReadAsync(db => db.RewardClaims.Where(c => c.State == RewardState.Voting).OrderByDescending(c => c.Number)
            .Join(db.Reports, c => c.ReportId, r => r.Id, (c, r) => new { r.Id, r.Number, Department = r.LeadDepartment! }).ToListAsync());
        foreach (var (report, i) in voted.Select((r, i) => (r, i)))
        {
            var view = await staff.SendAsync(staff.Officer(report.Department), new ReadMasks(report.Number));
            await staff.ActAsync(staff.Officer(report.Department), report.Id, (o, v) => new MaskReport(o, v, MasksOf(view)));
            if (i > 0 || voted.Count == 1)
                await FixAsync(staff.Lead(report.Department), report.Number);
        }
    }

    private static Masks MasksOf(MaskView view)
    {
        var narrative = view.Texts.Single(t => t.Id == "narrative");
        var last = MaskedText.Pieces(narrative.Text, view.Masks.Of("narrative"))[^1];
        return new Masks
        {
            Texts = [new TextMask("narrative", narrative.Text.Length, Shown: true, [new MaskedRange(last.Start, last.Text.Length)])],
            Pictures = [.. view.Pictures.Take(1).Select(p => new PictureMask(p.Id, Shown: true, [new MaskedRegion(600, 500, 300, 375)]))],
        };
    }

    private async Task FixAsync(DemoPerson who, string number)
    {
        var view = await staff.SendAsync(who, new ReadMasks(number));
        var drawn = await staff.SendAsync(who, new DrawMasks(view.Opened));
        await staff.SendAsync(who, new FixMasks(view.Opened, view.Version, drawn));
    }
}
