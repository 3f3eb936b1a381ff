using Microsoft.EntityFrameworkCore;
using OtpNet;
using Report12350.Domain.Access;
using Report12350.Staff;

namespace Report12350.Tests.Hosting;

/// <summary>Joins people to the staff the way an administrator does: invited, joined, admitted with the recovery key.</summary>
internal static class Recruiting
{
    private const string Password = "correct horse battery";

    public static async Task<StaffHands> JoinAsync(ReportApplication app, string name, string department, IReadOnlyList<Role> roles)
    {
        var administrator = await AdministratorAsync(app);
        var code = await administrator.Send(new InviteStaff(name, name, department, roles));
        var hands = await JoinWithAsync(app, code);
        foreach (var group in (await administrator.Send(new ListStaff())).Single(line => line.Id == hands.Id).Waiting)
            await administrator.Send(new AdmitMember(hands.Id, group, app.Notes.RecoveryKey));
        return hands;
    }

    public static async Task<StaffHands> AdministratorAsync(ReportApplication app)
    {
        if (!Administrators.TryGetValue(app, out var administrator))
            Administrators.Add(app, administrator = await JoinWithAsync(app, app.Notes.AdministratorCode));
        return administrator;
    }

    /// <summary>The same person, joined once more after the password was lost; whoever needs an administrator next needs this one.</summary>
    public static void CameBack(ReportApplication app, StaffHands administrator) => Administrators.AddOrUpdate(app, administrator);

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<ReportApplication, StaffHands> Administrators = [];

    public static async Task<StaffHands> JoinWithAsync(ReportApplication app, string code)
    {
        var secret = Base32Encoding.ToString(Guid.NewGuid().ToByteArray());
        var (name, _) = await app.Send(new JoinStaff(code, Password, secret, CodeOf(app, secret)));
        var signedIn = await app.Send(new SignIn(name, Password, CodeOf(app, secret)));
        signedIn.Outcome.ShouldBe(SignInOutcome.SignedIn);
        var id = await app.Read(db => db.Staff.Where(m => m.SignInName == name).Select(m => m.Id).SingleAsync());
        return new StaffHands(app, id, name, Password, secret, signedIn.Pass!);
    }

    public static string CodeOf(ReportApplication app, string secret) =>
        new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(app.Time.GetUtcNow().UtcDateTime);
}
