using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Demo;

/// <summary>One of the demonstration's people, their key open.</summary>
internal sealed record DemoPerson(string Name, string DisplayName, Person Person, KeyPair Key);

/// <summary>People for every role and department, invited, joined and admitted the way an administrator does it.</summary>
internal sealed class DemoStaff(IServiceProvider services, JurisdictionProfile profile, InstallationNotes notes)
{
    public const string Password = "lychee-ferry-lantern-12350";
    private const string Leaver = "supervisor2";
    private static readonly string[] Surnames = ["陈", "林", "黄", "吴", "蔡", "郑", "李", "王", "张", "刘", "周", "曾", "彭", "叶", "余", "罗"];
    private static readonly string[] GivenNames = ["伟强", "晓燕", "国栋", "丽华", "志明", "秀英", "海生", "雪梅", "建平", "少芬", "文辉", "玉兰"];
    private readonly Dictionary<string, DemoPerson> people = [];

    /// <summary>One secret for all of them, so that one entry in an authenticator serves the whole demonstration.</summary>
    public byte[] TotpSecret { get; } = StaffKeys.NewTotpSecret();

    public IReadOnlyCollection<DemoPerson> People => people.Values;

    public DemoPerson this[string name] => people[name];

    public DemoPerson Officer(string department, int which = 1) => people[$"{Name(department)}.officer{which}"];

    public DemoPerson Lead(string department) => people[$"{Name(department)}.lead"];

    public async Task RecruitAsync()
    {
        await JoinAsync(notes.AdministratorCode, "管理员");
        await HireAsync("operator", "awb", Role.Operator);
        await HireAsync("dispatcher", "awb", Role.Dispatcher);
        await HireAsync("dispatcher2", "awb", Role.Dispatcher);
        await HireAsync("supervisor", "awb", Role.Supervisor);
        await HireAsync("reward", "awb", Role.RewardOfficer);
        for (var i = 1; i <= 5; i++)
            await HireAsync($"committee{i}", "czj", Role.CommitteeMember);
        await HireAsync("cashier", "czj", Role.Cashier);
        await HireAsync("custodian", "awb", Role.Custodian);
        await HireAsync("auditor", "czj", Role.Auditor);
        foreach (var department in profile.Departments.Select(d => d.Id))
        {
            await HireAsync($"{Name(department)}.officer1", department, Role.Officer);
            await HireAsync($"{Name(department)}.officer2", department, Role.Officer);
            await HireAsync($"{Name(department)}.lead", department, Role.DepartmentLead);
        }

        await HireAsync(Leaver, "awb", Role.Supervisor);
    }

    /// <summary>Somebody has left: the supervisors have a new key and have not sealed anew yet.</summary>
    public async Task LeaveAsync()
    {
        await SendAsync(people["admin"], new DeactivateStaff(people[Leaver].Person.Id));
        people.Remove(Leaver);
    }

    public async Task<T> SendAsync<T>(DemoPerson who, IRequest<T> request)
    {
        await using var scope = Seat(who);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>An act on a report as it stands, with its content open when the act needs it.</summary>
    public async Task ActAsync(DemoPerson who, ReportId id, Func<OpenedReport, int, IRequest<Unit>> act)
    {
        await using var scope = Seat(who);
        var db = scope.ServiceProvider.GetRequiredService<ReportsDbContext>();
        var version = await db.Reports.Where(r => r.Id == id).Select(r => r.Version).SingleAsync();
        var opened = await scope.ServiceProvider.GetRequiredService<ReportOpener>().ForActAsync(id, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(act(opened, version));
    }

    private static string Name(string department) => department.Replace('_', '-');

    private AsyncServiceScope Seat(DemoPerson who)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentStaff>().SignIn(who.Person, who.DisplayName, Guid.Empty, who.Key, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        return scope;
    }

    private async Task HireAsync(string name, string department, Role role)
    {
        var displayName = Surnames[people.Count % Surnames.Length] + GivenNames[people.Count * 5 % GivenNames.Length];
        var code = await SendAsync(people["admin"], new InviteStaff(name, displayName, department, [role]));
        var hired = await JoinAsync(code, displayName);
        foreach (var group in (await SendAsync(people["admin"], new ListStaff())).Single(line => line.Id == hired.Person.Id).Waiting)
            await SendAsync(people["admin"], new AdmitMember(hired.Person.Id, group, notes.RecoveryKey));
    }

    private async Task<DemoPerson> JoinAsync(string code, string displayName)
    {
        await using var scope = services.CreateAsyncScope();
        var secret = Base32Encoding.ToString(TotpSecret);
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var (name, _) = await scope.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new JoinStaff(code, Password, secret, new Totp(TotpSecret).ComputeTotp(now)));
        var member = await scope.ServiceProvider.GetRequiredService<ReportsDbContext>().Staff.SingleAsync(m => m.SignInName == name);
        var key = StaffKeys.Open(member.Id, Password, member.KeySalt, member.SealedPrivateKey) ?? throw new NotPermittedException();
        var person = new Person(member.Id, member.Department, member.Roles, member.Department == profile.ReexaminationBody);
        return people[name] = new DemoPerson(name, displayName, person, key);
    }
}
