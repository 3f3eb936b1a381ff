using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Identity;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Rectification;
using Report12350.Routing;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Demo;

/// <summary>Files the demonstration's reports and sends each on a way of its own.</summary>
internal sealed partial class DemoReports(
    IServiceProvider services, JurisdictionProfile profile, DemoStaff staff, DemoPlan plan, DemoClock clock, Random random)
{
    public const string ClaimCodeOfAll = "12350 12350";
    private readonly IReadOnlyList<Story> stories = Story.All();
    private readonly List<string> receipts = [];

    /// <summary>Receipts of the first reports, so that a newcomer can follow one.</summary>
    public IReadOnlyList<string> Receipts => receipts;

    public void Prepare(int count, DateTimeOffset from, DateTimeOffset until)
    {
        var towns = profile.Towns.ToList();
        for (var i = 0; i < count; i++)
        {
            var story = stories[i % stories.Count].Told(random.Next(2, 10));
            var town = i % 29 == 28 ? towns[^1] : towns[random.Next(towns.Count - 4)];
            var filedAt = from + (((until - from) * (i + random.NextDouble())) / count);
            var way = new DemoWay(plan, random, filedAt);
            way.Then(0, w => FileAsync(w, story, town));
            Send(way, story, town, i);
        }
    }

    private async Task FileAsync(DemoWay way, Story story, Town town)
    {
        var byPhone = random.Next(6) == 0;
        var operatorAtPhone = staff["operator"];
        var pass = byPhone
            ? await staff.SendAsync(operatorAtPhone, new StartDraft(Channel.Phone))
            : await SendAsync(new StartDraft());
        var content = (await SendAsync(new ReadDraft(pass)))!.Content;
        Answer(content, story, town);
        await SendAsync(new SaveDraft(pass, content));
        if (!byPhone && random.Next(5) == 0)
        {
            using var photo = Photo(random.Next(1, 4));
            await SendAsync(new AttachEvidence(pass, $"IMG_{random.Next(1000, 9999)}.jpg", photo));
        }

        var filed = await SendAsync(new FileReport(pass));
        await SendAsync(new ForgetReceipt(pass));
        receipts.Add(filed.Receipt);
        way.Number = filed.Number;
        way.Report = await ReadAsync(db => db.Reports.Where(r => r.Number == filed.Number).Select(r => r.Id).SingleAsync());
    }

    private void Answer(DraftContent content, Story story, Town town)
    {
        var answers = content.Answers;
        answers.NoticeRead = true;
        answers.Kind = story.Kind;
        answers.Sector = story.Sector;
        answers.Town = town.Id;
        answers.Place = story.Place;
        answers.Unit = story.Unit;
        answers.Narrative = story.Narrative;
        answers.When = story.When;
        answers.StillGoingOn = random.Next(4) > 0;
        answers.Urgent = random.Next(12) == 0;
        answers.Deaths = story.Kind is MatterKind.ConcealedAccident ? 1 : null;
        answers.Reporter = (ReporterKind)random.Next(3);
        answers.Anonymity = random.Next(3) == 0 ? Anonymity.Named : Anonymity.Anonymous;
        answers.RewardWanted = random.Next(2) == 0;
        answers.NotExcluded = answers.RewardWanted is true;
        answers.TruthPledged = true;
        if (answers.Anonymity is Anonymity.Named)
            content.Identity = new ReporterIdentity { Name = "演示举报人", Phone = $"1380000{random.Next(1000, 9999)}" };
        if (answers.RewardWanted is true)
            content.ClaimCodeHash = ClaimCode.Hash(ClaimCodeOfAll, content.ClaimId, services.GetRequiredService<KeyRing>());
    }

    /// <summary>Of every twenty reports some are declined, some contested, some left lying; most go the whole way.</summary>
    private void Send(DemoWay way, Story story, Town town, int i)
    {
        var dispatcher = staff[i % 2 == 0 ? "dispatcher" : "dispatcher2"];
        if (!town.IsManaged)
        {
            way.Then(2, w => Act(dispatcher, w, (o, v) => new TransferReport(o, v, town.ManagedBy!, "事发地由深汕特别合作区管理，已转送办理。")));
            return;
        }

        if (i % 20 == 7)
        {
            way.Then(6, w => Act(dispatcher, w, (o, v) => new DeclineReport(o, v, DeclineReason.NoTargetOrFacts, "写的地点找不到，也联系不上您。补充地点后可以再次举报。")));
            return;
        }

        way.Then(5, w => Act(dispatcher, w, (o, v) => new AcceptReport(o.Id, v)));
        if (i % 20 == 11)
            return;
        var lead = LeadOf(story, town);
        way.Then(2, w => Act(dispatcher, w, (o, v) => new ReferReport(o, v, lead.Lead, lead.Assist, story.Kind is MatterKind.ConcealedAccident ? "涉及人员死亡，依法由县政府组织核查。" : null)));
        if (i % 20 == 13)
        {
            way.Then(2, w => Act(staff.Officer(lead.Lead), w, (o, v) => new ContestReferral(o, v, "核查权限不在本部门，请安委办指定。")));
            if (i % 40 == 13)
                return;
            way.Then(2, w => Act(dispatcher, w, (o, v) => new DesignateDepartment(o, v, lead.Lead, lead.Assist, "按业务相近原则，仍由你单位牵头。")));
        }

        if (i % 20 != 17)
            Verify(way, story, lead.Lead, i);
    }

    private void Verify(DemoWay way, Story story, string department, int i)
    {
        var officer = staff.Officer(department, 1 + (i % 2));
        way.Then(3, w => Act(officer, w, (o, v) => new SignInReport(o.Id, v)));
        if (i % 4 == 1)
            way.Then(3, w => Act(officer, w, (o, v) => new ReplyToReporter(o, v, "<p>您好，我们已收到转办件，本周会到现场。<strong>方便补充一张门口的照片吗?</strong></p>")));
        if (i % 20 == 3)
            return;
        if (i % 20 == 9)
            way.Then(20, w => Act(staff.Lead(department), w, (o, v) => new ExtendVerification(o, v, 20, "需委托第三方检测，结果尚未出具。")));
        way.Then(12, w => Act(officer, w, (o, v) => new RecordVerification(o, v, Record(officer, story))));
        var finding = (i % 20) switch { < 10 => Finding.Substantiated, < 14 => Finding.PartlySubstantiated, < 19 => Finding.Unsubstantiated, _ => Finding.Inconclusive };
        way.Then(4, w => Act(officer, w, (o, v) => new ConcludeVerification(o, v, finding, story.Kind is MatterKind.ConcealedAccident ? MatterKind.Violation : story.Kind, FactsOf(finding))));
        if (finding is Finding.Inconclusive)
            return;
        if (i % 5 != 2)
            way.Then(4, w => Act(officer, w, (o, v) => Feedback(o, v, finding)));
        if (finding is Finding.Unsubstantiated && i % 5 != 2)
            way.Then(14, w => Act(officer, w, (o, v) => new CloseReport(o.Id, v)));
        else if (finding is not Finding.Unsubstantiated)
            PutRight(way, story, department, officer, i);
    }

    private void PutRight(DemoWay way, Story story, string department, DemoPerson officer, int i)
    {
        if (story.Kind is MatterKind.MajorHazard)
            way.Then(1, w => Act(staff["dispatcher"], w, (o, v) => new ListForSupervision(o, v, "重大事故隐患，挂牌督办。")));
        way.Then(2, w => Act(officer, w, (o, v) => new OrderRectification(o, v, Measures())));
        way.Then(12, w => CompleteAsync(officer, w));
        if (i % 3 == 0)
            return;
        way.Then(8, w => CompleteAsync(officer, w));
        way.Then(3, w => Act(officer, w, (o, v) => new SubmitForCloseOut(o, v, "两项均已完成，申请验收。")));
        if (i % 7 == 0)
            return;
        way.Then(6, w => PassAsync(staff.Lead(department), w));
        way.Then(4, w => Act(officer, w, (o, v) => Feedback(o, v, Finding.Substantiated)));
        Reward(way, story);
    }

    private async Task CompleteAsync(DemoPerson officer, DemoWay way)
    {
        var item = await ReadAsync(async db =>
            (await db.Reports.Include(r => r.RectificationItems).SingleAsync(r => r.Id == way.Report)).RectificationItems.FirstOrDefault(x => x.CompletedOn is null));
        if (item is null)
            return;
        using var photo = Photo(3);
        await Act(officer, way, (o, v) => new CompleteRectificationItem(o, v, item.Id, "已按要求完成，现场复核无误。", [], [new SentFile("整改后.jpg", photo)]));
    }

    private async Task PassAsync(DemoPerson reviewer, DemoWay way)
    {
        using var photo = Photo(2);
        await Act(reviewer, way, (o, v) => new PassCloseOut(o, v, "现场逐项查看，隐患已消除，同意销号。", [new SentFile("验收现场.jpg", photo)]));
    }

    private DateOnly Today => profile.DayOf(clock.GetUtcNow());

    private (string Lead, IReadOnlyList<string> Assist) LeadOf(Story story, Town town)
    {
        if (story.Kind is MatterKind.ConcealedAccident)
            return (profile.CountyGovernment, [town.OfficeDepartment]);
        var answer = profile.Routing.Route(new Domain.Routing.RoutingQuestion(story.Kind, story.Sector, town.Id, story.Narrative));
        return (answer.Lead, answer.Assist);
    }

    private IReadOnlyList<OrderedMeasure> Measures()
    {
        var today = Today;
        return
        [
            new OrderedMeasure("立即停用存在隐患的设备，更换合格部件", "单位主要负责人", "自筹 5000 元", "停用期间设专人看守", today.AddDays(15)),
            new OrderedMeasure("清理通道，补齐警示标志并培训员工", "安全管理员", "自筹 1000 元", "夜间加派人员巡查", today.AddDays(25)),
        ];
    }

    private VerificationRecordContent Record(DemoPerson officer, Story story) => new()
    {
        Officers = $"{officer.DisplayName}、助理一名",
        VisitedOn = Today,
        Place = story.Place,
        UnitPresent = "现场负责人",
        Findings = "到现场查看并拍照，询问现场负责人和两名工人，查阅台账。反映的情况与现场基本相符。",
        LawBasis = "安全生产法第四十一条",
        MeasuresAtOnce = "责令立即停止相关作业",
        PrincipalNotified = true,
    };

    private static GiveFeedback Feedback(OpenedReport opened, int version, Finding finding) => finding is Finding.Unsubstantiated
        ? new GiveFeedback(opened, version, "<p>经核查，反映的情况<strong>不属实</strong>。</p>", "<p>到现场查看，设备在有效期内，台账齐全。</p>", "<p>不予处罚，已提醒单位继续做好日常检查。</p>", "<p>未查实，不符合奖励条件。</p>")
        : new GiveFeedback(opened, version, "<p>经核查，反映的隐患<strong>属实</strong>。</p>", "<p>现场存在反映的问题，已拍照取证。</p>", "<p>已责令限期整改，并依法立案。</p>", "<p>符合条件的，按程序评定奖励。</p>");

    private static string FactsOf(Finding finding) => finding is Finding.Unsubstantiated or Finding.Inconclusive
        ? "现场未发现反映的情况。"
        : "现场查实存在反映的隐患，单位负责人予以确认。";

    private static Stream Photo(int which) => typeof(DemoReports).Assembly.GetManifestResourceStream($"demo/photo-{which}.jpg")!;

    /// <summary>Three officers ask who a reporter is: one may look, one may not, one waits for the custodian.</summary>
    public async Task AskForIdentitiesAsync()
    {
        var named = await ReadAsync(db => db.Reports.Where(r => r.Anonymity == Anonymity.Named && r.Officer != null && r.IsOpen)
            .OrderByDescending(r => r.Number).Take(3).Select(r => new { r.Id, r.Officer }).ToListAsync());
        foreach (var (report, i) in named.Select((r, i) => (r, i)))
        {
            var officer = staff.People.Single(p => p.Person.Id == report.Officer);
            await staff.ActAsync(officer, report.Id, (o, v) => new RequestReveal(o.Id, v, (RevealReason)i, "举报人来信说有人上门威胁，需要马上联系本人。"));
            var asked = await ReadAsync(db => db.RevealRequests.Where(r => r.ReportId == report.Id).Select(r => r.Id).SingleAsync());
            if (i == 1)
                await staff.SendAsync(staff["custodian"], new GrantReveal(asked, 0, 24));
            else if (i == 2)
                await staff.SendAsync(staff["custodian"], new RefuseReveal(asked, 0, "可以先在查询页给举报人留言，请本人联系。"));
        }
    }

    private Task Act(DemoPerson who, DemoWay way, Func<OpenedReport, int, IRequest<Unit>> act) => staff.ActAsync(who, way.Report, act);

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private async Task<T> ReadAsync<T>(Func<ReportsDbContext, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ReportsDbContext>());
    }
}
