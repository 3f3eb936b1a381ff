using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Routing;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Drills;

/// <summary>A person of a drill (演练人员); the password is what they typed when they joined.</summary>
internal sealed record DrillPerson(Guid Id, string Password)
{
    public override string ToString() => nameof(DrillPerson);
}

/// <summary>A report filed for a drill.</summary>
internal sealed record DrillReport(ReportId Id, string Number, string Receipt);

/// <summary>演练站点: a whole site in a folder of its own, made for one drill and thrown away after it.</summary>
internal sealed class DrillSite : IAsyncDisposable
{
    private readonly string? profileFolder;
    private readonly TimeProvider time;
    private ServiceProvider services;

    private DrillSite(string? profileFolder, TimeProvider time)
    {
        (this.profileFolder, this.time) = (profileFolder, time);
        services = Build();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("report12350-drill-").FullName;

    /// <summary>The recovery key as it was printed last.</summary>
    public string Paper { get; set; } = "";

    public DrillPerson Administrator { get; private set; } = null!;

    /// <summary>The key group of the department that reports are referred to.</summary>
    public string Group => Groups.OfDepartment(Department);

    private JurisdictionProfile Profile => services.GetRequiredService<JurisdictionProfile>();

    private string Department => Profile.Departments.First(d => d.Id != Profile.SafetyCommitteeOffice && d.Id != Profile.CountyGovernment && d.Id != Profile.ReexaminationBody).Id;

    public static async Task<DrillSite> OpenAsync(IConfiguration configuration, TimeProvider time)
    {
        var site = new DrillSite(configuration["Profile:Folder"], time);
        InstallationNotes? shown = null;
        await site.InstallAsync(notes => shown = notes);
        site.Paper = shown!.RecoveryKey;
        site.Administrator = await site.JoinAsync(shown.AdministratorCode);
        return site;
    }

    /// <summary>As the program starts.</summary>
    /// <exception cref="KeyRingLostException">Its key ring is not there.</exception>
    public async Task StartAsync()
    {
        await services.DisposeAsync();
        services = Build();
        await InstallAsync(_ => { });
    }

    /// <summary>Invited and joined, and admitted by a member, or with the paper.</summary>
    public async Task<DrillPerson> HireAsync(string name, Role role, DrillPerson? member = null, string? paper = null)
    {
        var code = await SendAsync(Administrator, new InviteStaff(name, name, role is Role.Dispatcher ? Profile.SafetyCommitteeOffice : Department, [role]));
        var hired = await JoinAsync(code);
        await AdmitAsync(hired, member, paper);
        return hired;
    }

    /// <summary>Invited again, and joined with another password; not admitted to anything yet.</summary>
    public async Task<DrillPerson> InviteAgainAsync(DrillPerson who) => await JoinAsync(await SendAsync(Administrator, new InviteAgain(who.Id)));

    public async Task AdmitAsync(DrillPerson newcomer, DrillPerson? member = null, string? paper = null)
    {
        foreach (var group in (await SendAsync(Administrator, new ListStaff())).Single(line => line.Id == newcomer.Id).Waiting)
            await SendAsync(member ?? Administrator, new AdmitMember(newcomer.Id, group, paper));
    }

    public async Task<T> SendAsync<T>(DrillPerson who, IRequest<T> request)
    {
        await using var scope = await SeatAsync(who);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public async Task<bool> PasswordOpensAsync(DrillPerson who, string password) => await KeyOfAsync(who.Id, password) is not null;

    /// <summary>Filed by a member of the public, accepted and referred to the department.</summary>
    public async Task<DrillReport> FileAsync(DrillPerson dispatcher)
    {
        var pass = await SendAsync(new StartDraft());
        var content = (await SendAsync(new ReadDraft(pass)))!.Content;
        content.Answers = new ReportAnswers
        {
            NoticeRead = true, Kind = MatterKind.GeneralHazard, Sector = Profile.Sectors[0].Id, Town = Profile.Towns.First(t => t.IsManaged).Id, Place = "演练", Unit = "演练",
            Narrative = "演练", When = "演练", StillGoingOn = true, Urgent = false, Anonymity = Anonymity.Anonymous, RewardWanted = false, TruthPledged = true,
        };
        await SendAsync(new SaveDraft(pass, content));
        var filed = await SendAsync(new FileReport(pass));
        var report = new DrillReport(await ReadAsync(db => db.Reports.Where(r => r.Number == filed.Number).Select(r => r.Id).SingleAsync()), filed.Number, filed.Receipt);
        await ActAsync(dispatcher, report, (opened, version) => new AcceptReport(opened.Id, version));
        await ActAsync(dispatcher, report, (opened, version) => new ReferReport(opened, version, Department, [], "演练"));
        return report;
    }

    public async Task<bool> OpensAsync(DrillPerson who, DrillReport report)
    {
        try
        {
            return (await SendAsync(who, new ReadCase(report.Number))).Answers.Narrative is "演练";
        }
        catch (NotPermittedException)
        {
            return false;
        }
    }

    public async Task<bool> ReceiptOpensAsync(DrillReport report)
    {
        await using var scope = services.CreateAsyncScope();
        return Receipt.TryParse(report.Receipt, out var typed)
            && await scope.ServiceProvider.GetRequiredService<ReportOpener>().PassForReceiptAsync(typed, CancellationToken.None) is not null;
    }

    public async Task<AuditFinding> VerifyAuditAsync()
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AuditChain>().VerifyAsync([], CancellationToken.None);
    }

    public async Task<string> ReplacePaperAsync()
    {
        var shown = "";
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecoveryPaper>().ReplaceAsync(paper => shown = paper, CancellationToken.None);
        return shown;
    }

    public async Task MakeRingAsync()
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NewKeyRing>().MakeAsync(CancellationToken.None);
    }

    /// <summary>What somebody holds who copied their groups' keys out of a session.</summary>
    public async Task<IReadOnlyList<KeyPair>> KeysOfAsync(DrillPerson who)
    {
        var own = (await KeyOfAsync(who.Id, who.Password))!;
        var copies = await ReadAsync(db => db.GroupMembers.AsNoTracking().Where(m => m.StaffId == who.Id).ToListAsync());
        return [own, .. copies.Select(copy => GroupKeys.Opened(copy, own).Pair)];
    }

    /// <summary>Whether any of these keys opens the report for somebody who has the whole folder, whatever the program says.</summary>
    public async Task<bool> StolenOpensAsync(IReadOnlyList<KeyPair> keys, DrillReport report)
    {
        var with = services.GetRequiredService<EraseKeys>().Find(await ReadAsync(db => db.Reports.Where(r => r.Id == report.Id).Select(r => r.EraseKeyId).SingleAsync()))!;
        var rows = await ReadAsync(db => db.ReportKeys.AsNoTracking().Where(k => k.ReportId == report.Id).ToListAsync());
        return rows.Exists(row => keys.Any(key => GroupKeys.Opens(row, key, with)));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>On its own folder and the embedded defaults, whatever the live site is set to.</summary>
    private ServiceProvider Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Data:Folder", Folder), new("Receipts:Ready", "1"), new("Profile:Folder", profileFolder)]).Build();
        return new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddReport12350(configuration).AddSingleton(time).BuildServiceProvider();
    }

    private async Task InstallAsync(Action<InstallationNotes> show)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Installation>().RunAsync(show, CancellationToken.None);
    }

    private async Task<DrillPerson> JoinAsync(string code)
    {
        var secret = StaffKeys.NewTotpSecret();
        var password = $"drill {Guid.NewGuid():N}";
        var (name, _) = await SendAsync(new JoinStaff(code, password, Base32Encoding.ToString(secret), new Totp(secret).ComputeTotp(time.GetUtcNow().UtcDateTime)));
        return new DrillPerson(await ReadAsync(db => db.Staff.Where(m => m.SignInName == name).Select(m => m.Id).SingleAsync()), password);
    }

    private async Task<T> SendAsync<T>(IRequest<T> request)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private async Task ActAsync(DrillPerson who, DrillReport report, Func<OpenedReport, int, IRequest<Unit>> act)
    {
        await using var scope = await SeatAsync(who);
        var version = await ReadAsync(db => db.Reports.Where(r => r.Id == report.Id).Select(r => r.Version).SingleAsync());
        var opened = await scope.ServiceProvider.GetRequiredService<ReportOpener>().ForActAsync(report.Id, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(act(opened, version));
    }

    /// <summary>Signed in with their key open.</summary>
    private async Task<AsyncServiceScope> SeatAsync(DrillPerson who)
    {
        var member = await ReadAsync(db => db.Staff.AsNoTracking().SingleAsync(m => m.Id == who.Id && m.Active));
        var key = await KeyOfAsync(who.Id, who.Password) ?? throw new NotPermittedException();
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentStaff>().SignIn(
            new Person(member.Id, member.Department, member.Roles, Reexamines: false), member.DisplayName, Guid.Empty, key, time.GetUtcNow());
        return scope;
    }

    private async Task<KeyPair?> KeyOfAsync(Guid staff, string password)
    {
        var member = await ReadAsync(db => db.Staff.AsNoTracking().SingleAsync(m => m.Id == staff));
        return StaffKeys.Open(member.Id, password, member.KeySalt, member.SealedPrivateKey);
    }

    private async Task<T> ReadAsync<T>(Func<ReportsDbContext, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ReportsDbContext>());
    }
}
