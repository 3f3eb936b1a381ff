using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using Report12350.Tests.Rewards;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>The reward of a report, with a mark in every reason.</summary>
internal sealed class MarkedReward(ReportApplication app, Marks marks, MarkedStaff staff, ReportId report)
{
    public async Task UntilClaimOpenAsync()
    {
        await app.AllotAsync(10_000_000);
        var claim = await app.Read(db => Task.FromResult(db.RewardClaims.Single(c => c.ReportId == report).Id));
        var officer = await staff.As(Role.RewardOfficer);
        var members = new[] { await staff.As(Role.CommitteeMember), await staff.As(Role.CommitteeMember, person: "2"), await staff.As(Role.CommitteeMember, person: "3") };
        await officer.Send(app, claim, v => new AssessReward(claim, v));
        await officer.Send(app, claim, v => new SuspendReward(claim, v, Text("suspend")));
        await officer.Send(app, claim, v => new ResumeReward(claim, v, Text("resume")));
        await officer.Send(app, claim, v => new ProposeReward(claim, v, EffectivePenalty: 50_000));
        await officer.Send(app, claim, v => new OpenVote(claim, v));
        foreach (var member in members)
            await member.Send(new CastVote(claim, Ballot.Approve, Text("vote")));
        await officer.Send(app, claim, v => new NotifyClaimant(claim, v));
        await officer.Send(app, claim, v => new ExtendClaim(claim, v, new DateOnly(2026, 12, 1), Text("extendclaim")));
    }

    private string Text(string field) => marks.Text($"reward-{field}");
}
