using Report12350.Drills;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Web.Commands;

/// <summary>密钥: <c>drill NAME</c> plays a loss through on a site of its own; the others are for the recovery key, a lost ring, and the last administrator.</summary>
internal static class KeyCommands
{
    private const string All = "all";
    private const string Confirmation = "LOST";

    public static async Task<int> DrillAsync(CommandCall call)
    {
        if (call.Words.FirstOrDefault() is not { } name || (name != All && !Drill.Names.Contains(name)))
            throw new InvalidOperationException($"drill NAME, where NAME is one of {string.Join(", ", Drill.Names)}, {All}.");
        var code = 0;
        foreach (var one in Drill.Names.Where(known => name is All || known == name))
            code |= await PlayAsync(call, one);
        return code;
    }

    /// <summary>The paper is typed on standard input, so that it is in no list of commands.</summary>
    public static async Task<int> CheckRecoveryAsync(CommandCall call)
    {
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        call.Say("keys.recovery.type");
        var check = await scope.ServiceProvider.GetRequiredService<RecoveryPaper>().CheckAsync(await call.Typed.ReadLineAsync(), CancellationToken.None);
        if (check is null)
        {
            call.Say("keys.recovery.none");
            return 1;
        }

        call.Say("keys.recovery.opens", check.Opens.Count, check.Shut.Count);
        foreach (var group in check.Shut)
            await call.Print.WriteLineAsync($"  {group}");
        return check.Shut.Count == 0 ? 0 : 1;
    }

    public static async Task<int> ReplaceRecoveryAsync(CommandCall call)
    {
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecoveryPaper>().ReplaceAsync(paper => call.Print.WriteLine($"  {paper}"), CancellationToken.None);
        call.Say("keys.recovery.replaced");
        return 0;
    }

    /// <summary>Says what will be gone, and goes on only when that is typed out.</summary>
    public static async Task<int> NewRingAsync(CommandCall call)
    {
        await using var services = call.Services();
        await using var scope = services.CreateAsyncScope();
        var ring = scope.ServiceProvider.GetRequiredService<NewKeyRing>();
        if (!await ring.IsNeededAsync(CancellationToken.None))
            throw new InvalidOperationException("There is no site in that folder whose key ring is lost: name the site's folder with --Data:Folder.");
        call.Say("keys.ring.warn");
        foreach (var gone in Drill.GoneWithRing)
            call.Say(gone);
        call.Say("keys.ring.type", Confirmation);
        if (await call.Typed.ReadLineAsync() != Confirmation)
            return 1;
        call.Say("keys.ring.made", await ring.MakeAsync(CancellationToken.None));
        return 0;
    }

    public static async Task<int> InviteAgainAsync(CommandCall call)
    {
        if (call.Words.FirstOrDefault(word => !word.StartsWith('-')) is not { } name)
            throw new InvalidOperationException("Whom? invite-again NAME");
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        try
        {
            var code = await scope.ServiceProvider.GetRequiredService<Reinvitation>().InviteAtMachineAsync(name, CancellationToken.None);
            await call.Print.WriteLineAsync($"  {code}   /staff/join");
            return 0;
        }
        catch (NotFoundException unknown)
        {
            throw new InvalidOperationException($"Nobody signs in as {name}.", unknown);
        }
    }

    private static async Task<int> PlayAsync(CommandCall call, string name)
    {
        await call.Print.WriteLineAsync($"== {name}");
        var end = await Drill.RunAsync(name, call.Configuration, call.Time, (step, right) =>
        {
            if (!right)
                call.Say("drill.failed");
            call.Say(step);
        });
        if (!end.Held)
        {
            call.Say("drill.not");
            return 1;
        }

        call.Say(end.Gone.Count == 0 ? "drill.gone.nothing" : "drill.gone.this");
        foreach (var gone in end.Gone)
            call.Say(gone);
        await call.Print.WriteLineAsync("ok");
        return 0;
    }
}
