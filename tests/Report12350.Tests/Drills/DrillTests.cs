using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Drills;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Report12350.Web;

namespace Report12350.Tests.Drills;

/// <summary>Losses played through as an operator does, to a working system or a clear statement of what is gone.</summary>
public sealed class DrillTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Drill.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task Each_drill_holds_and_says_what_is_gone(string name)
    {
        var (code, said) = await RunAsync("drill", [name]);

        code.ShouldBe(0, said);
        said.ShouldNotContain("NOT SO");
        said.ShouldEndWith("ok" + Environment.NewLine);
        said.ShouldContain(name is "password-lost-with-recovery" ? "Nothing is gone; the system works on." : "What is gone for good:");
    }

    [Fact]
    public async Task A_drill_touches_nothing_of_the_site()
    {
        // what the site wrote itself is brought from the journal into the file now, and not while the drill runs
        await app.Read(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", Token));
        var before = Files(app.Folder);

        (await RunAsync("drill", ["password-lost-with-recovery"])).Code.ShouldBe(0);

        Files(app.Folder).ShouldBe(before);
    }

    [Fact]
    public async Task A_drill_nobody_knows_is_named_as_such()
    {
        var (code, said) = await RunAsync("drill", ["no-such-drill"]);

        code.ShouldBe(2);
        said.ShouldContain("member-leaves");
    }

    [Fact]
    public async Task The_recovery_key_is_checked_without_a_change_and_replaced_when_it_was_lost()
    {
        (await RunAsync("check-recovery-key", [], app.Notes.RecoveryKey)).Code.ShouldBe(0);
        (await RunAsync("check-recovery-key", [], "no paper")).Said.ShouldContain("This is no recovery key");
        var other = await RunAsync("check-recovery-key", [], RecoveryCode.Encode(KeyPair.Generate()));
        other.Code.ShouldBe(1);
        other.Said.ShouldContain("role:custodian");
        var officer = await app.As(Domain.Access.Role.Officer, CaseHands.Gas);
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();

        var replaced = await RunAsync("replace-recovery-key", []);

        replaced.Code.ShouldBe(0);
        var paper = replaced.Said.Split('\n')[0].Trim();
        (await RunAsync("check-recovery-key", [], app.Notes.RecoveryKey)).Code.ShouldBe(1, "of the new keys it opens none");
        await officer.Send(new ReadCase(filed.Number));
        (await officer.Send(new SealAnew(Groups.OfDepartment(CaseHands.Gas)))).ShouldBe(0);
        await officer.Send(new ReadCase(filed.Number));
        RecoveryCode.TryDecode(paper, out var pair).ShouldBeTrue();
        var groups = await app.Read(db => db.KeyGroups.AsNoTracking().Where(g => g.Generation == 2 && g.Id != Groups.Recovery).ToListAsync(Token));
        groups.Count.ShouldBeGreaterThan(Groups.OfRoles.Count);
        groups.ShouldAllBe(group => GroupKeys.OpenWithRecovery(group, pair!) != null);
        (await app.Read(db => db.Audit.AnyAsync(a => a.Act == "ReplaceRecoveryKey", Token))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_key_ring_is_made_only_where_one_is_lost()
    {
        (await RunAsync("new-key-ring", [], "LOST")).Code.ShouldBe(2);
        var ring = Path.Combine(app.Folder, "keys", "keyring.json");
        var kept = await File.ReadAllBytesAsync(ring, Token);
        File.Delete(ring);

        (await RunAsync("new-key-ring", [], "no")).Code.ShouldBe(1);
        var (code, said) = await RunAsync("verify-audit", []);
        (code, said.Contains("No key ring", StringComparison.Ordinal)).ShouldBe((2, true), said);
        File.Exists(ring).ShouldBeFalse();

        await File.WriteAllBytesAsync(ring, kept, Token);
        (await RunAsync("verify-audit", [])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_last_administrator_who_lost_the_password_is_invited_again_at_the_machine()
    {
        var administrator = await Recruiting.AdministratorAsync(app);
        (await RunAsync("invite-again", ["nobody"])).Code.ShouldBe(2);

        var (code, said) = await RunAsync("invite-again", [administrator.Name]);

        code.ShouldBe(0, said);
        (await app.Send(new SignIn(administrator.Name, administrator.Password, app.CodeNow(administrator.TotpSecret)))).Outcome.ShouldBe(SignInOutcome.Refused);
        var again = await Recruiting.JoinWithAsync(app, said.Trim().Split(' ')[0]);
        Recruiting.CameBack(app, again);
        again.Id.ShouldBe(administrator.Id);
        (await again.Send(new ListInvitations())).ShouldBeEmpty();
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {new FileInfo(f).Length}")];

    private async Task<(int Code, string Said)> RunAsync(string command, string[] words, string typed = "")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", app.Folder)]).Build();
        await using var print = new StringWriter();
        var code = await CommandLine.RunAsync(command, new CommandCall(words, configuration, print, app.Time) { Typed = new StringReader(typed) });
        return (code, print.ToString());
    }
}
