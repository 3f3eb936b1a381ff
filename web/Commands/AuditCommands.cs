using Report12350.Audit;
using Report12350.Confidentiality;

namespace Report12350.Web.Commands;

/// <summary>核验审计链: <c>verify-audit</c> walks the chain and names the first broken row; <c>checkpoint</c> signs how far it goes.</summary>
internal static class AuditCommands
{
    /// <summary><c>--published FILE</c>: checkpoints kept elsewhere, one after the other.</summary>
    public static async Task<int> VerifyAsync(CommandCall call)
    {
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        var published = call.Configuration["published"] is { } file ? Split(await File.ReadAllTextAsync(file)) : [];
        var finding = await scope.ServiceProvider.GetRequiredService<AuditChain>().VerifyAsync(published, CancellationToken.None);
        return Tell(call, finding, scope.ServiceProvider.GetRequiredService<SiteSignature>());
    }

    public static async Task<int> SignAsync(CommandCall call)
    {
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        var (finding, checkpoint) = await scope.ServiceProvider.GetRequiredService<AuditChain>().SignAsync(CancellationToken.None);
        if (checkpoint is null)
            return Tell(call, finding, scope.ServiceProvider.GetRequiredService<SiteSignature>());
        await call.Print.WriteAsync(checkpoint.Statement);
        return 0;
    }

    private static int Tell(CommandCall call, AuditFinding finding, SiteSignature site)
    {
        call.Say("audit.key", site.KeyId, site.PublicKey);
        if (finding.From > 0)
            call.Say("audit.from", finding.From);
        if (finding.Fault is not { } fault)
        {
            call.Say("audit.whole", finding.Entries, finding.Head.ToLowerInvariant());
            return 0;
        }

        call.Say("audit.broken", finding.Entries, finding.Row);
        call.Say($"audit.fault.{fault}", finding.Row);
        if (finding.Other is { } other)
            call.Say(fault is AuditFault.Exchanged ? "audit.other.row" : "audit.other.checkpoint", other);
        return 1;
    }

    private static List<string> Split(string text) =>
    [
        .. text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split(AuditCheckpoint.Title + "\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(rest => $"{AuditCheckpoint.Title}\n{rest}\n"),
    ];
}
