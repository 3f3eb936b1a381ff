using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Staff;

namespace Report12350.Drills;

/// <summary>How a drill ended.</summary>
/// <param name="Held">Every step went as it should.</param>
/// <param name="Gone">What is gone for good, as keys of texts.</param>
public sealed record DrillEnd(bool Held, IReadOnlyList<string> Gone);

/// <summary>演练: a loss played through to its end, on a site made for it. No live data is touched.</summary>
public sealed class Drill
{
    private static readonly Dictionary<string, Func<Drill, DrillSite, Task>> All = new(StringComparer.Ordinal)
    {
        ["member-leaves"] = (drill, site) => drill.MemberLeavesAsync(site),
        ["password-lost-with-recovery"] = (drill, site) => drill.PasswordLostWithRecoveryAsync(site),
        ["password-lost-without-recovery"] = (drill, site) => drill.PasswordLostWithoutRecoveryAsync(site),
        ["key-ring-lost"] = (drill, site) => drill.KeyRingLostAsync(site),
    };

    /// <summary>What a lost key ring without a backup takes with it, as keys of texts.</summary>
    public static readonly IReadOnlyList<string> GoneWithRing =
        ["drill.ring.gone.receipts", "drill.ring.gone.ties", "drill.ring.gone.codes", "drill.ring.gone.audit", "drill.ring.gone.duplicates"];

    private readonly Action<string, bool> say;
    private readonly List<string> gone = [];
    private bool held = true;

    private Drill(Action<string, bool> say) => this.say = say;

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <param name="say">Gets the key of each step's text, and whether it went as it should.</param>
    public static async Task<DrillEnd> RunAsync(string name, IConfiguration configuration, TimeProvider time, Action<string, bool> say)
    {
        var drill = new Drill(say);
        await using var site = await DrillSite.OpenAsync(configuration, time);
        await All[name](drill, site);
        return new DrillEnd(drill.held, drill.gone);
    }

    private async Task MemberLeavesAsync(DrillSite site)
    {
        var dispatcher = await site.HireAsync("dispatcher", Role.Dispatcher, paper: site.Paper);
        var leaver = await site.HireAsync("leaver", Role.Officer, paper: site.Paper);
        var stays = await site.HireAsync("stays", Role.Officer, member: leaver);
        var before = await site.FileAsync(dispatcher);
        Step("drill.leaves.both", await site.OpensAsync(leaver, before) && await site.OpensAsync(stays, before));
        var kept = await site.KeysOfAsync(leaver);

        await site.SendAsync(site.Administrator, new DeactivateStaff(leaver.Id));
        var after = await site.FileAsync(dispatcher);

        Step("drill.leaves.stays", await site.OpensAsync(stays, before) && await site.OpensAsync(stays, after));
        Step("drill.leaves.new", !await site.StolenOpensAsync(kept, after));
        Step("drill.leaves.old", await site.StolenOpensAsync(kept, before));
        Step("drill.leaves.sealed", await site.SendAsync(stays, new SealAnew(site.Group)) == 0);
        Step("drill.leaves.none", !await site.StolenOpensAsync(kept, before) && !await site.StolenOpensAsync(kept, after));
        Step("drill.leaves.end", await site.OpensAsync(stays, before) && await site.OpensAsync(stays, after));
        gone.Add("drill.leaves.gone");
    }

    private async Task PasswordLostWithRecoveryAsync(DrillSite site)
    {
        var dispatcher = await site.HireAsync("dispatcher", Role.Dispatcher, paper: site.Paper);
        var forgetful = await site.HireAsync("forgetful", Role.Officer, paper: site.Paper);
        var report = await site.FileAsync(dispatcher);
        Step("drill.password.only", await site.OpensAsync(forgetful, report) && !await site.PasswordOpensAsync(forgetful, "not the password"));

        var again = await site.InviteAgainAsync(forgetful);
        Step("drill.password.again", again.Id == forgetful.Id && !await site.OpensAsync(again, report));
        Step("drill.password.wrongPaper", await IsRefusedAsync(() => site.AdmitAsync(again, paper: RecoveryCode.Encode(KeyPair.Generate()))));
        await site.AdmitAsync(again, paper: site.Paper);
        Step("drill.password.paper", await site.OpensAsync(again, report));
        Step("drill.password.end", await site.OpensAsync(again, await site.FileAsync(dispatcher)));
    }

    private async Task PasswordLostWithoutRecoveryAsync(DrillSite site)
    {
        var dispatcher = await site.HireAsync("dispatcher", Role.Dispatcher, paper: site.Paper);
        var member = await site.HireAsync("member", Role.Officer, paper: site.Paper);
        var forgetful = await site.HireAsync("forgetful", Role.Officer, member: member);
        var report = await site.FileAsync(dispatcher);
        Step("drill.password.lost", await site.OpensAsync(forgetful, report) && !await site.PasswordOpensAsync(forgetful, "not the password"));

        var again = await site.InviteAgainAsync(forgetful);
        Step("drill.password.again", again.Id == forgetful.Id && !await site.OpensAsync(again, report));
        await site.AdmitAsync(again, member: member);
        Step("drill.password.member", await site.OpensAsync(again, report) && await site.OpensAsync(member, report));

        await site.SendAsync(site.Administrator, new DeactivateStaff(member.Id));
        var alone = await site.InviteAgainAsync(again);
        Step("drill.nobody.refused", await IsRefusedAsync(() => site.AdmitAsync(alone)));
        site.Paper = await site.ReplacePaperAsync();
        await site.AdmitAsync(alone, paper: site.Paper);
        Step("drill.nobody.others", !await site.OpensAsync(alone, report) && await site.OpensAsync(dispatcher, report) && await site.ReceiptOpensAsync(report));
        Step("drill.nobody.end", await site.OpensAsync(alone, await site.FileAsync(dispatcher)));
        gone.Add("drill.nobody.gone");
    }

    private async Task KeyRingLostAsync(DrillSite site)
    {
        var dispatcher = await site.HireAsync("dispatcher", Role.Dispatcher, paper: site.Paper);
        var report = await site.FileAsync(dispatcher);
        var (ring, backup) = (Path.Combine(site.Folder, "keys", "keyring.json"), Path.Combine(site.Folder, "keyring.backup"));
        File.Move(ring, backup);
        Step("drill.ring.refused", await IsRefusedAsync(site.StartAsync) && !File.Exists(ring));

        File.Copy(backup, ring);
        await site.StartAsync();
        Step("drill.ring.restored", await site.ReceiptOpensAsync(report) && await site.OpensAsync(dispatcher, report) && await site.VerifyAuditAsync() is { IsWhole: true, From: 0 });

        File.Delete(ring);
        Step("drill.ring.again", await IsRefusedAsync(site.StartAsync));
        await site.MakeRingAsync();
        await site.StartAsync();
        Step("drill.ring.stays", await site.OpensAsync(dispatcher, report));
        Step("drill.ring.lost", !await site.ReceiptOpensAsync(report) && (await site.VerifyAuditAsync()).From > 0);
        Step("drill.ring.end", await site.ReceiptOpensAsync(await site.FileAsync(dispatcher)) && await site.VerifyAuditAsync() is { IsWhole: true });
        gone.AddRange(GoneWithRing);
    }

    private void Step(string text, bool asExpected)
    {
        held &= asExpected;
        say(text, asExpected);
    }

    private static async Task<bool> IsRefusedAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return false;
        }
        catch (Exception refusal) when (refusal is RuleBrokenException or KeyRingLostException)
        {
            return true;
        }
    }
}
