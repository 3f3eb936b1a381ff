using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Domain.Access;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Evidence;
using Report12350.Identity;
using Report12350.Intake;
using Report12350.Rectification;
using Report12350.Retention;
using Report12350.Routing;
using Report12350.Tests.Evidence;
using Report12350.Tests.Hosting;
using Report12350.Tests.Retention;
using Report12350.Tests.Staff;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>Officers at work on a report, with a mark in every field they type into.</summary>
internal sealed class MarkedCase(ReportApplication app, Marks marks, MarkedStaff staff, ReportId report)
{
    private const string Department = "zjj";

    private DateOnly Today => DateOnly.FromDateTime(app.Time.GetUtcNow().AddHours(8).DateTime);

    private Task<StaffHands> Dispatcher => staff.As(Role.Dispatcher);

    private Task<StaffHands> Officer => staff.As(Role.Officer, Department);

    private Task<StaffHands> Lead => staff.As(Role.DepartmentLead, Department);

    public async Task UntilVerifyingAsync()
    {
        await PlainAsync(await Dispatcher, v => new AcceptReport(report, v));
        await ActAsync(await Dispatcher, (o, v) => new AddNote(o, v, Text("note")));
        await ActAsync(await Dispatcher, (o, v) => new ReplyToReporter(o, v, $"<p><strong>{Text("reply")}</strong></p>"));
        await ActAsync(await Dispatcher, (o, v) => new ReferReport(o, v, Department, [], Text("refer")));
        await PlainAsync(await Officer, v => new SignInReport(report, v));
    }

    public async Task UntilFedBackAsync()
    {
        await ActAsync(await Officer, (o, v) => new PauseClock(o, v, Text("pause")));
        await PlainAsync(await Officer, v => new ResumeClock(report, v));
        await ActAsync(await Lead, (o, v) => new ExtendVerification(o, v, 10, Text("extend")));
        await ActAsync(await Dispatcher, (o, v) => new ListForSupervision(o, v, Text("list")));
        await ActAsync(await Dispatcher, (o, v) => new TakeSupervisionStep(o, v, SupervisionStep.Letter, Text("letter")));
        await ActAsync(await Dispatcher, (o, v) => new DelistReport(o, v, Text("delist")));
        var kin = await staff.As(Role.Officer, Department, "kin");
        await ActAsync(await Dispatcher, (o, v) => new BlockOfficer(o, v, kin.Id, Text("block")));
        await ActAsync(await Dispatcher, (o, v) => new LiftBlock(o, v, kin.Id, Text("lift")));
        await ActAsync(kin, (o, v) => new DeclareConflict(o, v, Text("declare")));
        await RevealAsync();
        await ActAsync(await Officer, (o, v) => new AddStaffEvidence(o, v, EvidencePurpose.Verification, [File("found")]));
        await ActAsync(await Officer, (o, v) => new RecordVerification(o, v, Record()));
        await ActAsync(await Officer, (o, v) => new ConcludeVerification(o, v, Finding.Substantiated, MatterKind.MajorHazard, Text("facts")));
        await ActAsync(await Officer, (o, v) => new GiveFeedback(o, v, Text("feedbackconclusion"), Text("feedbackfacts"), Text("feedbackdecision"), Text("feedbackreward")));
    }

    /// <summary>At the pages: words and part of a picture are masked, a second person confirms it, it is handed out; then more is masked and confirmed again.</summary>
    public async Task MaskAsync(MarkedReporter reporter)
    {
        var before = await FilesAsync();
        await ActAsync(await Officer, (o, v) => new AddStaffEvidence(o, v, EvidencePurpose.Verification, [new SentFile($"{Text("maskedpicturename")}.png", new MemoryStream(PngFile.Small(Text("maskedpicture"))))]));
        var page = $"/staff/reports/{reporter.Number}/masks";
        using var officer = app.BrowserOf(await Officer);
        using var lead = app.BrowserOf(await Lead);
        using var committee = app.BrowserOf(await staff.As(Role.CommitteeMember));
        var picture = (await FilesAsync()).Except(before).Single();
        (await (await SendAsync(officer, page, "?handler=Mask", ("ShownTexts", "narrative"), ("Words", Text("wordthatisnotthere")))).TextAsync()).ShouldContain("Words-error");
        foreach (var masked in new[] { reporter.Narrative, reporter.Witnesses })
        {
            Visitor.WentOn(await SendAsync(officer, page, "?handler=Mask", ("ShownTexts", "narrative"), ("ShownTexts", "witnesses"), ("ShownTexts", "unit"), ("Words", masked)));
            Visitor.WentOn(await SendAsync(officer, $"{page}/{picture}", "", ("Shown", "true"), ("Regions", Region())));
            Visitor.WentOn(await SendAsync(lead, page, "?handler=FixMasks"));
            (await committee.ReadAsync($"/staff/rewards/{reporter.Number}")).ShouldContain("█████");
            await committee.GetByteArrayAsync($"/staff/rewards/{reporter.Number}/masked/1", TestContext.Current.CancellationToken);
            (await SendAsync(lead, page, "?handler=ShareMasked", ("Recipient", "海丰县人民检察院"))).Content.Headers.ContentDisposition.ShouldNotBeNull();
        }
    }

    public async Task UntilClosedOutAsync()
    {
        await ActAsync(await Officer, (o, v) => new OrderRectification(o, v, [Measure("first")]));
        await ActAsync(await Officer, (o, v) => new AddRectificationItem(o, v, Measure("second")));
        var items = (await app.ReportAsync(report)).RectificationItems;
        await ActAsync(await Lead, (o, v) => new ExtendRectificationItem(o, v, items[0].Id, Today.AddDays(30), Text("extenditem")));
        await CompleteAsync();
        await ActAsync(await Officer, (o, v) => new SubmitForCloseOut(o, v, Text("submit")));
        var reviewer = await staff.As(Role.Officer, Department, "2");
        await ActAsync(reviewer, (o, v) => new FailCloseOut(o, v, Text("fail"), Measure("further")));
        await CompleteAsync();
        await ActAsync(await Officer, (o, v) => new SubmitForCloseOut(o, v, Text("submitagain")));
        await ActAsync(reviewer, (o, v) => new PassCloseOut(o, v, Text("pass"), [File("passphoto")]));
    }

    public async Task UpholdAsync() =>
        await ActAsync(await staff.As(Role.Officer, app.Profile.ReexaminationBody), (o, v) => new UpholdConclusion(o, v, Text("uphold")));

    public async Task OverturnAsync() =>
        await ActAsync(await staff.As(Role.Officer, app.Profile.ReexaminationBody), (o, v) => new OverturnConclusion(o, v, Text("overturn")));

    public async Task DeclineAsync() => await ActAsync(await Dispatcher, (o, v) => new DeclineReport(o, v, DeclineReason.NoTargetOrFacts, Text("decline")));

    /// <summary>By hand, which takes two: gone the same minute.</summary>
    public async Task EraseAsync()
    {
        await (await Dispatcher).Send(new AskErasure(report, ErasureReason.ReporterAsked));
        await (await staff.As(Role.Supervisor)).Send(new ConfirmErasure(report));
        (await app.Run().FinishAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    public async Task TransferAsync() => await ActAsync(await Dispatcher, (o, v) => new TransferReport(o, v, Text("transferto"), Text("transferwhy")));

    public async Task ContestAsync()
    {
        await ActAsync(await Officer, (o, v) => new ContestReferral(o, v, Text("contest")));
        await ActAsync(await Dispatcher, (o, v) => new DesignateDepartment(o, v, Department, [], Text("designate")));
    }

    public async Task ReverifyAsync() => await ActAsync(await Dispatcher, (o, v) => new OrganiseReverification(o, v, Text("reverify")));

    private async Task RevealAsync()
    {
        var custodian = await staff.As(Role.Custodian);
        await PlainAsync(await Lead, v => new RequestReveal(report, v, RevealReason.LegalDuty, Text("revealwhynot")));
        await custodian.Send(new RefuseReveal(await WaitingAsync(), 0, Text("revealanswer")));
        await PlainAsync(await Officer, v => new RequestReveal(report, v, RevealReason.Testimony, Text("revealwhy")));
        var asked = await WaitingAsync();
        await custodian.Send(new ReadReveal(asked));
        await custodian.Send(new GrantReveal(asked, 0, 24));
        (await (await Officer).Send(new LookAtIdentity(asked))).Name.ShouldNotBeNull();
    }

    private Task<List<Guid>> FilesAsync() => app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == report).Select(f => f.Id).ToListAsync());

    private async Task<HttpResponseMessage> SendAsync(HttpClient browser, string page, string handler, params (string, string)[] fields) =>
        await browser.SendFormAsync(page, [("Version", $"{await app.VersionAsync(report)}"), .. fields], page + handler);

    /// <summary>Where it hides something tells something: marked as it is sent and as it is kept.</summary>
    private string Region()
    {
        var (x, y, width, height) = (RandomNumberGenerator.GetInt32(101, 400), RandomNumberGenerator.GetInt32(101, 400), RandomNumberGenerator.GetInt32(101, 500), RandomNumberGenerator.GetInt32(101, 500));
        marks.Add("region kept", $"\"X\":{x},\"Y\":{y},\"Width\":{width},\"Height\":{height}");
        var sent = $"{x},{y},{width},{height}";
        marks.Add("region", sent);
        return sent;
    }

    private Task<Guid> WaitingAsync() => app.Read(db => db.RevealRequests.Where(r => r.ReportId == report && r.DecidedAt == null).Select(r => r.Id).SingleAsync());

    private async Task CompleteAsync()
    {
        foreach (var item in (await app.ReportAsync(report)).RectificationItems.Where(i => i.CompletedOn is null))
            await ActAsync(await Officer, (o, v) => new CompleteRectificationItem(o, v, item.Id, Text("outcome"), [File("before")], [File("after")]));
    }

    private VerificationRecordContent Record() => new()
    {
        Officers = Text("recordofficers"),
        VisitedOn = Today,
        Place = Text("recordplace"),
        UnitPresent = Text("recordpresent"),
        Findings = Text("recordfindings"),
        LawBasis = Text("recordlaw"),
        MeasuresAtOnce = Text("recordmeasures"),
        Attachments = Text("recordattachments"),
        PrincipalNotified = true,
        Criteria = [app.Profile.Criteria.Criteria[0].Id],
    };

    private OrderedMeasure Measure(string name) =>
        new(Text($"{name}measure"), Text($"{name}owner"), Text($"{name}funds"), Text($"{name}interim"), Today.AddDays(20));

    private SentFile File(string name) =>
        new($"{Text($"{name}name")}.png", new MemoryStream([.. CaseHands.Photograph, .. Encoding.UTF8.GetBytes(Text($"{name}content"))]));

    private string Text(string field) => marks.Text($"staff-{field}");

    private async Task PlainAsync(StaffHands hands, Func<int, IRequest<Unit>> act) => await hands.Send(act(await app.VersionAsync(report)));

    private async Task ActAsync(StaffHands hands, Func<OpenedReport, int, IRequest<Unit>> act)
    {
        var version = await app.VersionAsync(report);
        await hands.Send(report, opened => act(opened, version));
    }
}
