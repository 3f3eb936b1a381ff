using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Tracking;

/// <summary>What officers do to a report while its reporter looks on.</summary>
internal static class Handling
{
    private const string Department = "zjj";

    public static async Task AcceptAsync(this ReportApplication app, Filed filed) =>
        await (await app.As(Role.Dispatcher)).Send(new AcceptReport(filed.Id, await app.VersionAsync(filed.Id)));

    public static async Task ReplyAsync(this ReportApplication app, Filed filed, string html) =>
        await ActAsync(app, await app.As(Role.Dispatcher), filed, (opened, version) => new ReplyToReporter(opened, version, html));

    public static async Task NoteAsync(this ReportApplication app, Filed filed, string text) =>
        await ActAsync(app, await app.As(Role.Dispatcher), filed, (opened, version) => new AddNote(opened, version, text));

    public static async Task DeclineAsync(this ReportApplication app, Filed filed, DeclineReason reason, string explanation) =>
        await ActAsync(app, await app.As(Role.Dispatcher), filed, (opened, version) => new DeclineReport(opened, version, reason, explanation));

    public static async Task MergeAsync(this ReportApplication app, Filed filed, Filed into) =>
        await (await app.As(Role.Dispatcher)).Send(new MergeReport(filed.Id, await app.VersionAsync(filed.Id), into.Number));

    /// <summary>Accepted, referred and signed for.</summary>
    public static async Task BeginVerificationAsync(this ReportApplication app, Filed filed)
    {
        await app.AcceptAsync(filed);
        await app.ReferAsync(filed);
    }

    public static async Task ReferAsync(this ReportApplication app, Filed filed)
    {
        await ActAsync(app, await app.As(Role.Dispatcher), filed, (opened, version) => new ReferReport(opened, version, Department, [], "由住建部门负责"));
        await (await app.As(Role.Officer, Department)).Send(new SignInReport(filed.Id, await app.VersionAsync(filed.Id)));
    }

    public static async Task ConcludeAsync(this ReportApplication app, Filed filed, Finding finding)
    {
        var officer = await app.As(Role.Officer, Department);
        var record = new VerificationRecordContent
        {
            Officers = "甲、乙", VisitedOn = DateOnly.FromDateTime(app.Time.GetUtcNow().ToOffset(app.Profile.UtcOffset).DateTime), Place = "现场", Findings = "内部核查笔录的内容",
        };
        await ActAsync(app, officer, filed, (opened, version) => new RecordVerification(opened, version, record));
        await ActAsync(app, officer, filed, (opened, version) => new ConcludeVerification(opened, version, finding, MatterKind.GeneralHazard, "现场看过了。"));
    }

    public static async Task GiveFeedbackAsync(this ReportApplication app, Filed filed, string facts = "楼梯间有煤气瓶。") =>
        await ActAsync(app, await app.As(Role.Officer, Department), filed, (opened, version) =>
            new GiveFeedback(opened, version, "不属实的说明", facts, "已口头提醒", "未查实,没有奖励"));

    /// <summary>All the way to feedback on a conclusion with nothing to put right.</summary>
    public static async Task<Filed> FiledWithFeedbackAsync(this ReportApplication app, string facts = "楼梯间有煤气瓶。")
    {
        var filed = await app.FileAsync();
        await app.BeginVerificationAsync(filed);
        await app.ConcludeAsync(filed, Finding.Unsubstantiated);
        await app.GiveFeedbackAsync(filed, facts);
        return filed;
    }

    public static async Task ActAsync<T>(
        ReportApplication app, StaffHands hands, Filed filed, Func<Report12350.Confidentiality.OpenedReport, int, MediatR.IRequest<T>> act)
    {
        var version = await app.VersionAsync(filed.Id);
        await hands.Send(filed.Id, opened => act(opened, version));
    }

    /// <summary>A browser in which the receipt was typed.</summary>
    public static async Task<HttpClient> ReporterAsync(this ReportApplication app, Filed filed)
    {
        var browser = app.Browser(followRedirects: false);
        (await browser.SendFormAsync("/track", [("Receipt", filed.Receipt)])).Headers.Location?.ToString().ShouldBe("/track/report");
        return browser;
    }
}
