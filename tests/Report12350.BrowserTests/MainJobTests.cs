using System.Diagnostics;
using Microsoft.Playwright;
using Report12350.Domain.Access;
using Report12350.Rewards;
using Report12350.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>The whole procedure as its people do it: a reporter without script, officers in their own windows, the committee, the cashier, and the reporter's page that follows it all live.</summary>
public abstract class MainJobTests(ReportApplication app, Chromium chromium)
{
    private const string ClaimCode = "公平2026 路口";

    /// <summary>A second; more where a busy machine is told so by REPORT12350_STEP_SECONDS.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("REPORT12350_STEP_SECONDS") ?? "1", System.Globalization.CultureInfo.InvariantCulture));
    private static readonly FilePayload Photo = new() { Name = "现场.png", MimeType = "image/png", Buffer = Picture() };

    [Fact(Timeout = 1_200_000)]
    public async Task A_report_goes_from_filing_to_payment_and_its_reporter_sees_every_step_within_a_second()
    {
        var site = app.Site;
        await (await app.As(Role.Dispatcher)).Send(new AllotFund(2026, 500_000));

        await using var reporter = await chromium.VisitAsync(site, script: false, width: 360, height: 800);
        var (number, receipt) = await FileAsync(reporter);

        await using var tracker = await chromium.VisitAsync(site, width: 360, height: 800);
        await TrackAsync(tracker, receipt);

        await using var dispatcher = await OpenAsync(site, Role.Dispatcher, "awb", number);
        await StepAsync(dispatcher, "Accept", tracker, "#standing", "已受理，最迟");
        await StepAsync(dispatcher, "Refer", tracker, "#standing", "住房和城乡建设局核查");

        await using var officer = await OpenAsync(site, Role.Officer, "zjj", number);
        await StepAsync(officer, "SignIn", tracker, "#standing", "正在进行");
        await officer.FillTaskAsync("RecordVerification", ("Record.VisitedOn", "2026-03-02"), ("Record.Place", "公平镇人民路"), ("Record.Officers", "陈某、林某"), ("Record.UnitPresent", "店长"), ("Record.Findings", "楼梯间放置三个气瓶,未装报警器。"));
        await officer.SendTaskAsync("RecordVerification");
        await officer.TaskAsync("Conclude");
        await officer.ChooseAsync("Form.Conclude.Finding", "Substantiated");
        await officer.Page.Locator("[name=\"Form.Conclude.FoundKind\"]").SelectOptionAsync("MajorHazard");
        await officer.FillTaskAsync("Conclude", ("Facts", "楼梯间违规存放气瓶,属重大隐患。"));
        await StepAsync(officer, "Conclude", tracker, "#standing", "核查有了结论：属实");
        await officer.FillTaskAsync("GiveFeedback", ("Conclusion", "属实"), ("Facts", "<b>楼梯间</b>存放气瓶"), ("Decision", "责令整改"), ("RewardEligibility", "符合条件的按程序评定"));
        await StepAsync(officer, "GiveFeedback", tracker, "#feedback", "楼梯间存放气瓶");
        await officer.FillTaskAsync("OrderRectification", ("Items[0].Measure", "移走气瓶,安装报警器"), ("Items[0].Owner", "店长"), ("Items[0].DueOn", "2026-03-20"), ("Items[0].Funds", "2000 元"), ("Items[0].InterimMeasures", "停止使用"));
        await StepAsync(officer, "OrderRectification", tracker, "#standing", "1 项中完成 0 项");
        await officer.TaskAsync("CompleteRectificationItem");
        await officer.Page.Locator("[name=\"Form.CompleteRectificationItem.Item\"]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await officer.FillTaskAsync("CompleteRectificationItem", ("Outcome", "已移走,报警器试验正常"));
        await officer.Page.Locator("[name=\"Form.CompleteRectificationItem.After\"]").SetInputFilesAsync(Photo);
        await StepAsync(officer, "CompleteRectificationItem", tracker, "#standing", "1 项中完成 1 项");
        await officer.FillTaskAsync("SubmitForCloseOut", ("Text", "整改完成,申请验收"));
        await StepAsync(officer, "SubmitForCloseOut", tracker, "#standing", "正在现场验收");

        await using var lead = await OpenAsync(site, Role.DepartmentLead, "zjj", number);
        await lead.FillTaskAsync("PassCloseOut", ("Review", "现场查看,隐患消除"));
        await lead.Page.Locator("[name=\"Form.PassCloseOut.Photographs\"]").SetInputFilesAsync(Photo);
        await StepAsync(lead, "PassCloseOut", tracker, "#standing", "隐患已消除并销号");

        await RewardAsync(site, number, tracker);
        await ClaimAsync(reporter, number);
        await ClaimIsRefusedAsync(site, number);

        await using var cashier = await SignedInAsync(site, Role.Cashier, "czj");
        await cashier.GoAsync($"/staff/rewards/{number}/pay");
        await cashier.FillAsync("Code", ClaimCode);
        await SeenAsync(() => cashier.ContinueAsync(), tracker, "#reward", "已领取");
        await ClaimIsRefusedAsync(site, number);
        foreach (var visitor in new[] { reporter, tracker, dispatcher, officer, lead, cashier })
        {
            visitor.Requests.ShouldAllBe(url => url.StartsWith(site.ToString(), StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal));
            visitor.Requests.ShouldNotContain(url => url.Contains(receipt, StringComparison.Ordinal));
            visitor.Complaints.ShouldBeEmpty();
        }
    }

    private static async Task<(string Number, string Receipt)> FileAsync(Visitor reporter)
    {
        await reporter.GoAsync("/");
        await reporter.Page.Locator("a[href=\"/report\"]").First.ClickAsync();
        await reporter.ContinueAsync();
        await reporter.ChooseAsync("Kind", "MajorHazard");
        await reporter.ContinueAsync();
        await reporter.Page.Locator("details:has(input[value=\"gas\"]) summary").ClickAsync();
        await reporter.ChooseAsync("Sector", "gas");
        await reporter.ContinueAsync();
        await reporter.Page.Locator("[name=Town]").SelectOptionAsync("gongping");
        await reporter.FillAsync("Place", "人民路某超市二楼");
        await reporter.ContinueAsync();
        await reporter.FillAsync("Unit", "好味来大排档");
        await reporter.ContinueAsync();
        await reporter.ChooseAsync("Before", "first");
        await reporter.ContinueAsync();
        await reporter.FillAsync("Narrative", "厨房用的煤气瓶放在楼梯间,没有报警器,胶管已经开裂。");
        await reporter.ContinueAsync();
        if (reporter.Page.Url.EndsWith("/criteria", StringComparison.Ordinal))
        {
            await reporter.Page.Locator("input[name=Criteria]").Last.CheckAsync();
            await reporter.ContinueAsync();
        }

        await reporter.FillAsync("When", "昨天下午");
        await reporter.ChooseAsync("StillGoingOn", "True");
        await reporter.ChooseAsync("Urgent", "False");
        await reporter.ContinueAsync();
        await reporter.Page.Locator("[name=Files]").SetInputFilesAsync(Photo);
        await reporter.Page.Locator("button[value=more]").ClickAsync();
        await Expect(reporter.Page.Locator("ul.files").First).ToContainTextAsync("现场.png");
        await reporter.Page.Locator("button[value=next]").ClickAsync();
        await reporter.ChooseAsync("Anonymity", "Anonymous");
        await reporter.ChooseAsync("Reporter", "Citizen");
        await reporter.ContinueAsync();
        await reporter.ChooseAsync("RewardWanted", "True");
        await reporter.FillAsync("ClaimCode", ClaimCode);
        await reporter.FillAsync("ClaimCodeAgain", ClaimCode);
        await reporter.Page.Locator("input[type=checkbox][name=NotExcluded]").CheckAsync();
        await reporter.ContinueAsync();
        await reporter.Page.Locator("input[type=checkbox][name=TruthPledged]").CheckAsync();
        await reporter.ContinueAsync();
        var number = (await reporter.Page.Locator(".receipt strong.num").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        var receipt = (await reporter.Page.Locator(".receipt .digits").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await reporter.Page.Locator("input[type=checkbox][name=Saved]").CheckAsync();
        await reporter.ContinueAsync();
        return (number.Trim(), string.Concat(receipt.Where(char.IsAsciiDigit)));
    }

    private static async Task TrackAsync(Visitor tracker, string receipt)
    {
        await tracker.GoAsync("/track");
        await tracker.FillAsync("Receipt", receipt);
        await tracker.ContinueAsync();
        await Expect(tracker.Page.Locator("#standing")).ToContainTextAsync("已收到您的举报");
        await Expect(tracker.Page.Locator("html[data-live=on]")).ToHaveCountAsync(1);
    }

    private async Task RewardAsync(Uri site, string number, Visitor tracker)
    {
        await using var reward = await SignedInAsync(site, Role.RewardOfficer, "awb");
        await reward.GoAsync($"/staff/rewards/{number}");
        await reward.Page.Locator("#task-assess button").ClickAsync();
        await reward.FillAsync("EffectivePenalty", "80000");
        await reward.Page.Locator("#task-propose button").ClickAsync();
        await Expect(reward.Page.Locator("main")).ToContainTextAsync("12,000");
        await reward.Page.Locator("#task-open button").ClickAsync();
        for (var i = 1; i <= 3; i++)
        {
            await using var member = await SignedInAsync(site, Role.CommitteeMember, "czj", $"{i}");
            await member.GoAsync($"/staff/rewards/{number}");
            await member.ChooseAsync("Ballot", "Approve");
            await member.Page.Locator("#task-vote button").ClickAsync();
        }

        await reward.GoAsync($"/staff/rewards/{number}");
        if (await reward.Page.Locator("#task-close button").CountAsync() > 0)
            await reward.Page.Locator("#task-close button").ClickAsync();
        await SeenAsync(() => reward.Page.Locator("#task-notify button").ClickAsync(), tracker, "#reward", "12,000");
    }

    private static async Task ClaimAsync(Visitor reporter, string number)
    {
        await reporter.GoAsync("/claim");
        await reporter.FillAsync("Number", number);
        await reporter.FillAsync("Code", ClaimCode);
        await reporter.ContinueAsync();
        await reporter.Page.Locator("input[name=Way]").Last.CheckAsync();
        await reporter.ContinueAsync();
        await Expect(reporter.Page.Locator("main")).ToContainTextAsync("12,000");
        reporter.Page.Url.ShouldEndWith("/claim/done");
    }

    private async Task ClaimIsRefusedAsync(Uri site, string number)
    {
        await using var second = await chromium.VisitAsync(site, script: false, width: 360, height: 800);
        await second.GoAsync("/claim");
        await second.FillAsync("Number", number);
        await second.FillAsync("Code", ClaimCode);
        await second.ContinueAsync();
        (await second.Page.Locator("input[name=Way]").CountAsync()).ShouldBe(0);
    }

    private async Task<Visitor> OpenAsync(Uri site, Role role, string department, string number)
    {
        var visitor = await SignedInAsync(site, role, department);
        await visitor.GoAsync($"/staff/reports/{number}");
        return visitor;
    }

    private async Task<Visitor> SignedInAsync(Uri site, Role role, string department, string person = "1")
    {
        var visitor = await chromium.VisitAsync(site);
        await visitor.SignInAsync(app, await app.As(role, department, person));
        return visitor;
    }

    /// <summary>Clicks, and the reporter's open page says so within a second, without a reload.</summary>
    private static async Task StepAsync(Visitor staff, string action, Visitor tracker, string part, string words)
    {
        await staff.TaskAsync(action);
        await SeenAsync(() => staff.SendTaskAsync(action), tracker, part, words);
    }

    private static async Task SeenAsync(Func<Task> click, Visitor tracker, string part, string words)
    {
        var loads = tracker.Requests.Count(url => url.EndsWith("/hubs/progress/negotiate", StringComparison.Ordinal));
        var clicked = Stopwatch.GetTimestamp();
        await click();
        await Expect(tracker.Page.Locator(part)).ToContainTextAsync(words, new LocatorAssertionsToContainTextOptions { Timeout = 15000 });
        Stopwatch.GetElapsedTime(clicked).ShouldBeLessThan(Patience, $"the reporter waited for “{words}”");
        tracker.Requests.Count(url => url.EndsWith("/hubs/progress/negotiate", StringComparison.Ordinal)).ShouldBe(loads);
    }

    private static byte[] Picture() => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}

public sealed class MainJobOnSqliteTests(SqliteSite app, Chromium chromium) : MainJobTests(app, chromium), IClassFixture<SqliteSite>, IClassFixture<Chromium>;

public sealed class MainJobOnPostgresTests(PostgresSite app, Chromium chromium) : MainJobTests(app, chromium), IClassFixture<PostgresSite>, IClassFixture<Chromium>;
