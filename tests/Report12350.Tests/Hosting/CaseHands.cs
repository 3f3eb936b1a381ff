using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Rectification;
using Report12350.Routing;
using Report12350.Verification;

namespace Report12350.Tests.Hosting;

/// <summary>The people of the procedure, and the ordinary way through it, each step by the person whose act it is.</summary>
public sealed class CaseHands(ReportApplication app, ReportId report)
{
    public const string Gas = "zjj";

    public static readonly byte[] Photograph = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public ReportId Report => report;

    public Task<StaffHands> Dispatcher => app.As(Role.Dispatcher);

    public Task<StaffHands> Officer => app.As(Role.Officer, Gas);

    public Task<StaffHands> Reviewer => app.As(Role.Officer, Gas, "2");

    public Task<StaffHands> Lead => app.As(Role.DepartmentLead, Gas);

    public Task<int> Version => app.VersionAsync(report);

    public static SentFile Photo(string name = "现场.png") => new(name, new MemoryStream(Photograph));

    public static OrderedMeasure Measure(ReportApplication app, int days = 20) =>
        new("拆除楼梯间气瓶", "某餐馆负责人", "自筹", "停止使用", DateOnly.FromDateTime(app.Time.GetUtcNow().AddHours(8).DateTime).AddDays(days));

    public VerificationRecordContent Record() => new()
    {
        Officers = "张三、李四",
        VisitedOn = DateOnly.FromDateTime(app.Time.GetUtcNow().AddHours(8).DateTime),
        Place = "公平镇人民路",
        Findings = "楼梯间有两只气瓶。",
        PrincipalNotified = true,
        Criteria = [app.Profile.Criteria.Criteria[0].Id],
    };

    public async Task<CaseHands> AcceptedAsync()
    {
        await (await Dispatcher).Send(new AcceptReport(report, await Version));
        return this;
    }

    public async Task<CaseHands> ReferredAsync()
    {
        await AcceptedAsync();
        var answer = RoutingOf();
        var version = await Version;
        await (await Dispatcher).Send(report, opened => new ReferReport(opened, version, answer.Lead, answer.Assist, null));
        return this;
    }

    public async Task<CaseHands> VerifyingAsync()
    {
        await ReferredAsync();
        await (await Officer).Send(new SignInReport(report, await Version));
        return this;
    }

    public async Task<CaseHands> ConcludedAsync(Finding finding = Finding.Substantiated)
    {
        await VerifyingAsync();
        return await ConcludeAsync(await Officer, finding);
    }

    public async Task<CaseHands> ConcludeAsync(StaffHands officer, Finding finding)
    {
        var version = await Version;
        await officer.Send(report, opened => new RecordVerification(opened, version, Record()));
        version = await Version;
        await officer.Send(report, opened => new ConcludeVerification(opened, version, finding, MatterKind.MajorHazard, "查实楼梯间存放气瓶。"));
        return this;
    }

    public async Task<CaseHands> FedBackAsync()
    {
        var version = await Version;
        await (await Officer).Send(report, opened => new GiveFeedback(opened, version, "属实", "查实楼梯间存放气瓶。", "责令整改。", "未申请。"));
        return this;
    }

    public async Task<CaseHands> RectifyingAsync()
    {
        await ConcludedAsync();
        var version = await Version;
        await (await Officer).Send(report, opened => new OrderRectification(opened, version, [Measure(app), Measure(app, 30)]));
        return this;
    }

    public async Task<CaseHands> InCloseOutReviewAsync()
    {
        await RectifyingAsync();
        foreach (var item in (await app.ReportAsync(report)).RectificationItems)
        {
            var version = await Version;
            await (await Officer).Send(report, opened => new CompleteRectificationItem(opened, version, item.Id, "已拆除。", [Photo()], [Photo()]));
        }

        var last = await Version;
        await (await Officer).Send(report, opened => new SubmitForCloseOut(opened, last, "两项都已完成。"));
        return this;
    }

    public async Task<CaseHands> ClosedOutAsync()
    {
        await InCloseOutReviewAsync();
        var version = await Version;
        await (await Reviewer).Send(report, opened => new PassCloseOut(opened, version, "现场已无气瓶。", [Photo()]));
        return this;
    }

    /// <summary>The reporter objects, as the page behind the receipt does.</summary>
    public async Task<CaseHands> ObjectedToAsync(string receipt)
    {
        var opened = await app.OpenAsync(receipt);
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<Report12350.Data.ReportsDbContext>();
        var now = app.Time.GetUtcNow();
        var loaded = await Report12350.Data.ReportLoading.LoadAsync(db, report, TestContext.Current.CancellationToken);
        loaded.Object(opened.SealText("没有查二楼。", now), now, app.Profile.DeadlinesOn(loaded.FiledOn));
        await services.GetRequiredService<GroupKeys>().EntitleAsync(
            report, opened.Key, KeyPurpose.Content, [Groups.OfDepartment(app.Profile.ReexaminationBody)], TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return this;
    }

    private Domain.Routing.RoutingAnswer RoutingOf() =>
        app.Profile.Routing.Route(new Domain.Routing.RoutingQuestion(MatterKind.MajorHazard, "gas", "gongping", ""));
}

/// <summary>Starts a case from a report just filed.</summary>
public static class Cases
{
    public static CaseHands Case(this ReportApplication app, ReportId report) => new(app, report);

    public static async Task<(Filed Filed, CaseHands Hands)> NewCaseAsync(this ReportApplication app, Action<DraftContent>? change = null)
    {
        var filed = await app.FileAsync(change);
        return (filed, app.Case(filed.Id));
    }
}
