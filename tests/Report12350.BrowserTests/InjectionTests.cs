using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Rectification;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using Report12350.Verification;
using MediatR;

namespace Report12350.BrowserTests;

/// <summary>Every field a reporter or an officer fills carries markup that wants to run; every role opens every page it shows on. Nothing runs, and nothing of it becomes an element.</summary>
public sealed class InjectionTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private static readonly string[] Corpus =
    [
        "<script>window.ran=1</script>", "\"><script>window.ran=1</script>", "'><img src=x onerror=window.ran=1>", "<svg onload=window.ran=1>",
        "<svg><script>window.ran=1</script></svg>", "<img src=x onerror=\"window.ran=1\">", "<body onload=window.ran=1>", "<iframe src=\"javascript:parent.ran=1\"></iframe>",
        "<a href=\"javascript:window.ran=1\">x</a>", "<details open ontoggle=window.ran=1>", "<input autofocus onfocus=window.ran=1>", "<math><mtext></table><img src=x onerror=window.ran=1>",
        "javascript:window.ran=1", "</textarea><script>window.ran=1</script>", "</title><script>window.ran=1</script>", "<!--<img src=\"--><img src=x onerror=window.ran=1//\">",
        "<p style=\"background:url(javascript:window.ran=1)\">", "<meta http-equiv=refresh content=\"0;url=javascript:window.ran=1\">", "<base href=\"https://elsewhere.example/\">",
        "<form action=\"https://elsewhere.example/\"><button>x</button></form>", "&lt;script&gt;window.ran=1&lt;/script&gt;", "{{constructor.constructor('window.ran=1')()}}", "${window.ran=1}", "\u202e<scr\u0000ipt>window.ran=1</scr\u0000ipt>",
    ];

    private const string Intruders = """
        () => [...document.querySelectorAll('*')].filter(e =>
            [...e.attributes].some(a => /^on/i.test(a.name) || /^\s*javascript:/i.test(a.value) && a.name !== 'value') ||
            /^(iframe|object|embed|base|math)$/i.test(e.localName) ||
            (e.localName === 'script' && !e.src.startsWith(location.origin)) ||
            (e.localName === 'form' && new URL(e.action).origin !== location.origin) ||
            (e.localName === 'meta' && /refresh/i.test(e.httpEquiv)) ||
            e.hasAttribute('style') || (e.localName === 'em' && e.textContent === 'of the reporter') || (e.localName === 'img' && e.getAttribute('src') === 'x')).map(e => e.outerHTML.slice(0, 120))
        """;

    /// <summary>Formatting that officers may use and reporters may not.</summary>
    private const string OfReporter = "<em>of the reporter</em>";

    private readonly List<string> wrong = [];
    private int turn;

    private static string Long => string.Join('\n', Corpus);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Another one each time, short enough for a line.</summary>
    private string Line => Corpus[turn++ % Corpus.Length];

    [Fact(Timeout = 900_000)]
    public async Task Nothing_that_people_write_runs_or_becomes_an_element()
    {
        var filed = await FileAsync();
        var hands = app.Case(filed.Id);
        await WorkAsync(filed, hands);

        foreach (var (role, department) in Readers)
        {
            var person = await app.As(role, department);
            await using var visitor = await chromium.VisitAsync(app.Site, width: 1280, height: 900);
            await visitor.SignInAsync(app, person);
            await SeeAsync(visitor, "/staff", "/staff/people");
            if (role is Role.Dispatcher or Role.Officer or Role.DepartmentLead)
                await SeeAsync(visitor, $"/staff/reports/{filed.Number}", $"/staff/reports/{filed.Number}/record");
            if (role is Role.RewardOfficer or Role.CommitteeMember)
                await SeeAsync(visitor, $"/staff/rewards/{filed.Number}");
            if (role is Role.Auditor)
                await SeeAsync(visitor, $"/staff/audit?Number={filed.Number}");
        }

        await using var reporter = await chromium.VisitAsync(app.Site, width: 360, height: 800);
        await reporter.GoAsync("/track");
        await reporter.FillAsync("Receipt", filed.Receipt);
        await reporter.ContinueAsync();
        await reporter.Page.WaitForURLAsync("**/track/report");
        await LookForIntrudersAsync(reporter, "/track/report");
        string.Join("\n", wrong).ShouldBeEmpty();
    }

    private static readonly (Role Role, string Department)[] Readers =
    [
        (Role.Dispatcher, "awb"), (Role.Officer, CaseHands.Gas), (Role.DepartmentLead, CaseHands.Gas), (Role.RewardOfficer, "awb"),
        (Role.CommitteeMember, "awb"), (Role.Auditor, "awb"), (Role.Administrator, "awb"),
    ];

    private async Task<Filed> FileAsync()
    {
        var pass = await app.Send(new StartDraft());
        var content = (await app.Send(new ReadDraft(pass)))!.Content;
        FilingReports.FillIn(content);
        var answers = content.Answers;
        answers.Narrative = Long + OfReporter;
        (answers.Place, answers.Unit, answers.When, answers.Witnesses, answers.JointSigners, answers.ReportedElsewhere, answers.KeepFrom) = (Line, Line, Line, Line, Line, Line, Line);
        answers.Anonymity = Anonymity.Named;
        content.Identity = new ReporterIdentity { Name = Line, Phone = "13800000000" };
        (answers.RewardWanted, answers.NotExcluded) = (true, true);
        content.ClaimCodeHash = ClaimCode.Hash("12350 12350", content.ClaimId, app.Services.GetRequiredService<KeyRing>());
        await app.Send(new SaveDraft(pass, content));
        foreach (var name in Corpus.Take(6))
        {
            using var photo = new MemoryStream(CaseHands.Photograph);
            await app.Send(new AttachEvidence(pass, name + ".png", photo));
        }

        var filed = await app.Send(new FileReport(pass));
        return new Filed(await app.Read(db => db.Reports.Where(r => r.Number == filed.Number).Select(r => r.Id).SingleAsync(Token)), filed.Number, filed.Receipt, null);
    }

    /// <summary>The ordinary way, with markup in every field of it.</summary>
    private async Task WorkAsync(Filed filed, CaseHands hands)
    {
        await WriteAsReporterAsync(filed);
        await hands.VerifyingAsync();
        var officer = await hands.Officer;
        await DoAsync(await hands.Dispatcher, (o, v) => new AddNote(o, v, Long));
        await DoAsync(await hands.Dispatcher, (o, v) => new ReplyToReporter(o, v, Long));
        await DoAsync(await hands.Dispatcher, (o, v) => new ListForSupervision(o, v, Long));
        await DoAsync(await hands.Lead, (o, v) => new ExtendVerification(o, v, 10, Long));
        await DoAsync(officer, (o, v) => new RecordVerification(o, v, hands.Record() with { Officers = Line, Place = Line, UnitPresent = Line, Findings = Long, LawBasis = Line, MeasuresAtOnce = Line, Attachments = Line }));
        await DoAsync(officer, (o, v) => new ConcludeVerification(o, v, Finding.Substantiated, MatterKind.MajorHazard, Long));
        await DoAsync(officer, (o, v) => new GiveFeedback(o, v, Line, Long, Line, Line));
        await DoAsync(officer, (o, v) => new OrderRectification(o, v, [CaseHands.Measure(app) with { Measure = Line, Owner = Line, Funds = Line, InterimMeasures = Line }]));
        var item = (await app.ReportAsync(filed.Id)).RectificationItems[0].Id;
        await DoAsync(officer, (o, v) => new CompleteRectificationItem(o, v, item, Long, [CaseHands.Photo(Line + ".png")], [CaseHands.Photo(Line + ".png")]));
        await DoAsync(officer, (o, v) => new SubmitForCloseOut(o, v, Long));
        await DoAsync(await hands.Reviewer, (o, v) => new PassCloseOut(o, v, Long, [CaseHands.Photo(Line + ".png")]));

        async Task DoAsync(StaffHands person, Func<OpenedReport, int, IRequest<Unit>> act)
        {
            var version = await hands.Version;
            await person.Send(filed.Id, opened => act(opened, version));
        }
    }

    private async Task WriteAsReporterAsync(Filed filed)
    {
        await app.Send(new WriteToOfficers(await app.OpenAsync(filed.Receipt), Long + OfReporter));
    }

    private async Task SeeAsync(Visitor visitor, params string[] paths)
    {
        foreach (var path in paths)
        {
            var answer = await visitor.Page.GotoAsync(path);
            if (answer!.Status is 200)
                await LookForIntrudersAsync(visitor, path);
            else if (!path.EndsWith("/people", StringComparison.Ordinal))
                wrong.Add($"{path}: {answer.Status}");
        }
    }

    private async Task LookForIntrudersAsync(Visitor visitor, string path)
    {
        await visitor.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        if (await visitor.Page.EvaluateAsync<bool>("'ran' in window"))
            wrong.Add($"{path}: it ran");
        wrong.AddRange((await visitor.Page.EvaluateAsync<string[]>(Intruders)).Select(e => $"{path}: {e}"));
        wrong.AddRange(visitor.Complaints.Select(c => $"{path}: {c}"));
        visitor.Complaints.Clear();
        wrong.AddRange(visitor.Requests.Where(r => !r.StartsWith(app.Site.ToString(), StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal)).Select(r => $"{path} asked for {r}"));
    }
}
