using Report12350.Retention;

namespace Report12350.Web.Commands;

/// <summary>到期删除: <c>retention --dry-run</c> lists what would go; without it, it goes.</summary>
internal static class RetentionCommands
{
    public const string DryRun = "--dry-run";

    public static async Task<int> RunAsync(CommandCall call)
    {
        await using var services = call.Open();
        await using var scope = services.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<DueReports>().ListAsync(CancellationToken.None);
        if (call.Words.Contains(DryRun))
            await TellAsync(call, due);
        else
            call.Say("retention.command.done", await scope.ServiceProvider.GetRequiredService<RetentionRun>().RunAsync(CancellationToken.None));
        return 0;
    }

    private static async Task TellAsync(CommandCall call, IReadOnlyList<DueReport> due)
    {
        call.Say("retention.command.due", due.Count(d => d.Hold is null));
        foreach (var one in due.Where(d => d.Hold is null))
            await call.Print.WriteLineAsync(Line(one));
        call.Say("retention.command.held", due.Count(d => d.Hold is not null));
        foreach (var one in due.Where(d => d.Hold is not null))
            await call.Print.WriteLineAsync($"{Line(one)}  {one.Hold}");
    }

    private static string Line(DueReport one) => FormattableString.Invariant($"  {one.Number}  {one.Finding?.ToString() ?? one.State.ToString()}  {one.ClosedOn:yyyy-MM-dd}  {one.KeptUntil:yyyy-MM-dd}");
}
