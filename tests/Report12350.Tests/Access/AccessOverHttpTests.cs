using System.Net;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Routing;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Access;

/// <summary>Every role × state × act × own or another department, sent to the site as its forms are: what the table does not open is refused and audited.</summary>
public sealed class AccessOverHttpTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    private const string Other = "scjgj";
    private static readonly ReportAction[] Acts = [.. Enum.GetValues<ReportAction>().Except([ReportAction.WriteToOfficers, ReportAction.Object, ReportAction.Withdraw])];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ReportState> States => [.. Enum.GetValues<ReportState>()];

    [Theory, MemberData(nameof(States))]
    public async Task Whoever_may_not_is_refused_changes_nothing_and_is_in_the_audit(ReportState state)
    {
        var (filed, hands) = await app.NewCaseAsync();
        var file = await FileOfAsync(filed);
        await BringToAsync(state, filed, hands);
        var report = await app.ReportAsync(filed.Id);
        report.State.ShouldBe(state);
        List<string> wrong = [];
        foreach (var (role, department) in from role in Enum.GetValues<Role>() from department in new[] { CaseHands.Gas, Other } select (role, department))
        {
            var person = await app.As(role, department);
            using var browser = app.BrowserOf(person);
            var token = Pages.TokenIn(await browser.ReadAsync("/staff"));
            var standing = new Person(person.Id, department, [role], Reexamines: false);
            var open = Permissions.AllowedTo(standing, report, app.Profile.DeadlinesOn(report.FiledOn).Rules, app.Time.GetUtcNow());
            var reads = Permissions.ReadingRole(standing, report, app.Time.GetUtcNow()) is not null;
            wrong.AddRange((await WrongOnFileAsync(browser, person, file, token, reads)).Select(fault => $"{role} of {department}, {state}, {fault}"));
            foreach (var act in Acts)
            {
                // An open act is sent from a page that is behind, so that it is let in and yet changes nothing.
                var isOpen = open.Contains(act);
                var before = await RefusalsAsync(person);
                var status = await SendAsync(browser, filed, act, token, isOpen ? report.Version - 1 : report.Version);
                var refusals = await RefusalsAsync(person) - before;
                var right = isOpen ? status is HttpStatusCode.OK && refusals == 0 : status is not HttpStatusCode.Redirect && refusals == 1;
                if (!right)
                    wrong.Add($"{role} of {department}, {state}, {act}: {(isOpen ? "open" : "shut")}, answered {(int)status}, {refusals} refusals in the audit");
            }
        }

        wrong.ShouldBeEmpty();
        (await app.ReportAsync(filed.Id)).Version.ShouldBe(report.Version);
    }

    public static TheoryData<Role, string> Readers => new()
    {
        { Role.Dispatcher, "awb" }, { Role.Supervisor, "awb" }, { Role.Officer, CaseHands.Gas }, { Role.DepartmentLead, CaseHands.Gas }, { Role.Officer, Other },
    };

    /// <summary>利害关系回避 is stronger than every role: the page and each act are shut, and each try is audited.</summary>
    [Theory, MemberData(nameof(Readers))]
    public async Task Whoever_is_kept_out_is_refused_everything(Role role, string department)
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new ListForSupervision(o, version, null));
        var kin = await app.As(role, department, "kin");
        using var browser = app.BrowserOf(kin);
        (await browser.ReadAsync($"/staff/reports/{filed.Number}")).ShouldContain("煤气瓶");
        version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new BlockOfficer(o, version, kin.Id, "亲属。"));

        var token = Pages.TokenIn(await browser.ReadAsync("/staff"));
        version = await hands.Version;
        List<string> wrong = [];
        (await browser.GetAsync($"/staff/reports/{filed.Number}", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var act in Acts)
        {
            var before = await RefusalsAsync(kin);
            var status = await SendAsync(browser, filed, act, token, version);
            if (status is HttpStatusCode.OK or HttpStatusCode.Redirect || await RefusalsAsync(kin) - before != 1)
                wrong.Add($"{act}: answered {(int)status}");
        }

        wrong.ShouldBeEmpty();
        (await hands.Version).ShouldBe(version);
    }

    private static readonly (string Act, string Address)[] FileActs =
        [("ReadEvidence", "/files/{0}/picture"), ("DownloadEvidence", "/files/{0}"), ("ReadOriginal", "/staff/evidence/{0}/original")];

    /// <summary>A look, a taking away and the original: open to whoever reads the report, and nobody else's try goes unnoted.</summary>
    private async Task<IEnumerable<string>> WrongOnFileAsync(HttpClient browser, StaffHands person, Guid file, string token, bool isOpen)
    {
        List<string> wrong = [];
        foreach (var (act, address) in FileActs)
        {
            var (refused, noted) = (await RefusalsAsync(person), await NotedAsync(person, act));
            var to = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, file);
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("form-token", token)]);
            using var answer = act == "ReadOriginal" ? await browser.PostAsync(to, form, Token) : await browser.GetAsync(to, Token);
            var (refusals, notes) = (await RefusalsAsync(person) - refused, await NotedAsync(person, act) - noted);
            if ((answer.StatusCode, refusals, notes) != (isOpen ? (HttpStatusCode.OK, 0, 1) : (HttpStatusCode.Forbidden, 1, 0)))
                wrong.Add($"{act}: {(isOpen ? "open" : "shut")}, answered {(int)answer.StatusCode}, {refusals} refusals, {notes} entries");
        }

        return wrong;
    }

    private async Task<Guid> FileOfAsync(Filed filed)
    {
        var opened = await app.OpenAsync(filed.Receipt);
        var sent = await app.Send(new SealReporterEvidence(opened, "墙.png", new MemoryStream(CaseHands.Photograph)));
        await app.Send(new AddReporterEvidence(opened, [sent]));
        await app.Send(new ShowFileAsSent(opened, sent.Row.Id, Shown: true));
        return sent.Row.Id;
    }

    private Task<int> NotedAsync(StaffHands person, string act) => app.Read(db => db.Audit.CountAsync(e => e.StaffId == person.Id && e.Act == act && !e.Refused, Token));

    private static async Task<HttpStatusCode> SendAsync(HttpClient browser, Filed filed, ReportAction act, string token, int version)
    {
        using var form = new MultipartFormDataContent { { new StringContent(token), "form-token" }, { new StringContent($"{version}"), "Version" } };
        var page = act is ReportAction.Mask or ReportAction.FixMasks or ReportAction.ShareMasked ? "/masks" : "";
        using var answer = await browser.PostAsync($"/staff/reports/{filed.Number}{page}?handler={act}", form, Token);
        return answer.StatusCode;
    }

    private Task<int> RefusalsAsync(StaffHands person) => app.Read(db => db.Audit.CountAsync(e => e.StaffId == person.Id && e.Refused, Token));

    private async Task BringToAsync(ReportState state, Filed filed, CaseHands hands)
    {
        switch (state)
        {
            case ReportState.Accepted: await hands.AcceptedAsync(); break;
            case ReportState.Referred: await hands.ReferredAsync(); break;
            case ReportState.Verifying: await hands.VerifyingAsync(); break;
            case ReportState.Concluded: await hands.ConcludedAsync(); break;
            case ReportState.Rectifying: await hands.RectifyingAsync(); break;
            case ReportState.InCloseOutReview: await hands.InCloseOutReviewAsync(); break;
            case ReportState.ClosedOut: await hands.ClosedOutAsync(); break;
            default: await BringAsideAsync(state, filed, hands); break;
        }
    }

    private async Task BringAsideAsync(ReportState state, Filed filed, CaseHands hands)
    {
        switch (state)
        {
            case ReportState.Declined:
                await ByDispatcherAsync((o, v) => new DeclineReport(o, v, DeclineReason.NoTargetOrFacts, "地点找不到。"));
                break;
            case ReportState.Transferred:
                await ByDispatcherAsync((o, v) => new TransferReport(o, v, "深汕特别合作区", "由合作区管理。"));
                break;
            case ReportState.Contested:
                await hands.ReferredAsync();
                var version = await hands.Version;
                await (await hands.Officer).Send(filed.Id, o => new ContestReferral(o, version, "不归本部门。"));
                break;
            case ReportState.Closed:
                await (await hands.ConcludedAsync(Finding.Unsubstantiated)).FedBackAsync();
                await (await hands.Officer).Send(new CloseReport(filed.Id, await hands.Version));
                break;
            case ReportState.UnderReexamination:
                await (await hands.ConcludedAsync()).FedBackAsync();
                await hands.ObjectedToAsync(filed.Receipt);
                break;
            case ReportState.Merged:
                var into = await app.FileAsync();
                await (await hands.Dispatcher).Send(new AcceptReport(into.Id, await app.VersionAsync(into.Id)));
                await (await hands.Dispatcher).Send(new MergeReport(filed.Id, await hands.Version, into.Number));
                break;
        }

        async Task ByDispatcherAsync(Func<OpenedReport, int, IRequest<Unit>> act)
        {
            var version = await hands.Version;
            await (await hands.Dispatcher).Send(filed.Id, o => act(o, version));
        }
    }
}
