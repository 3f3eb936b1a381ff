using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Load;
using Report12350.Routing;
using Report12350.Verification;

namespace Report12350.Tests.Crash;

/// <summary>The officers' side while somebody talks: accepted, referred, verified, concluded and fed back, so that there is something to object to.</summary>
internal sealed class Officers(BackDoor door, Member dispatcher, Member officer)
{
    private const string Department = "zjj";

    public static async Task<Officers> JoinAsync(BackDoor door) =>
        new(door, await door.MemberAsync("kill.dispatcher", Role.Dispatcher), await door.MemberAsync("kill.officer", Role.Officer, Department));

    public async Task GiveFeedbackAsync(string number)
    {
        var now = TimeProvider.System.GetUtcNow();
        await door.Read(db => db.StaffSessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.SecondFactorAt, now)));
        var report = await door.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
        if (report.FeedbackAt is not null)
            return;
        var record = new VerificationRecordContent { Officers = "甲、乙", VisitedOn = DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime), Place = "现场", Findings = "看过了。" };
        await door.AsAsync(dispatcher, new AcceptReport(report.Id, report.Version));
        await door.AsAsync(dispatcher, report.Id, (opened, version) => new ReferReport(opened, version, Department, [], "由住建部门负责"));
        await door.AsAsync(officer, report.Id, (_, version) => new SignInReport(report.Id, version));
        await door.AsAsync(officer, report.Id, (opened, version) => new RecordVerification(opened, version, record));
        await door.AsAsync(officer, report.Id, (opened, version) => new ConcludeVerification(opened, version, Finding.Unsubstantiated, MatterKind.GeneralHazard, "现场看过了。"));
        await door.AsAsync(officer, report.Id, (opened, version) => new GiveFeedback(opened, version, "不属实的说明", "楼梯间有煤气瓶。", "已口头提醒", "未查实,没有奖励"));
    }
}
