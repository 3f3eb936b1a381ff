using Report12350.Confidentiality;
using Report12350.Demo;
using Report12350.Web.Commands;

namespace Report12350.Web;

/// <summary>What the program does besides serving: <c>demo</c> fills an empty folder first; the others do their work and end.</summary>
public static class CommandLine
{
    /// <summary>Each gets its arguments without its name, and answers with the exit code.</summary>
    private static readonly Dictionary<string, Func<CommandCall, Task<int>>> Commands = new(StringComparer.Ordinal)
    {
        ["verify-audit"] = AuditCommands.VerifyAsync,
        ["checkpoint"] = AuditCommands.SignAsync,
        ["verify-proof"] = ProofCommands.VerifyAsync,
        ["drill"] = KeyCommands.DrillAsync,
        ["check-recovery-key"] = KeyCommands.CheckRecoveryAsync,
        ["replace-recovery-key"] = KeyCommands.ReplaceRecoveryAsync,
        ["new-key-ring"] = KeyCommands.NewRingAsync,
        ["invite-again"] = KeyCommands.InviteAgainAsync,
        ["retention"] = RetentionCommands.RunAsync,
        ["wechat-menu"] = WeChatCommands.MenuAsync,
        ["move-evidence"] = EvidenceCommands.MoveAsync,
    };

    /// <summary>The words that are settings: a flag without a value would take the next word for its own.</summary>
    public static string[] Settings(string[] args) => [.. args.Where(arg => arg != RetentionCommands.DryRun)];

    /// <returns>Whether the site is to be served.</returns>
    public static async Task<bool> PrepareAsync(this WebApplicationBuilder builder, string[] args)
    {
        if (args.FirstOrDefault(Commands.ContainsKey) is { } command)
        {
            var rest = args.SkipWhile(arg => arg != command).Skip(1).ToList();
            Environment.ExitCode = await RunAsync(command, new CommandCall(rest, builder.Configuration, Console.Out, TimeProvider.System));
            return false;
        }

        return !args.Contains("demo") || await FillAsync(builder.Configuration);
    }

    /// <returns>Exit code: 0 when all is well, 1 when what was asked for is not so, 2 when it could not be asked.</returns>
    public static async Task<int> RunAsync(string command, CommandCall call)
    {
        try
        {
            return await Commands[command](call);
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await call.Print.WriteLineAsync(refusal.Message);
            return 2;
        }
    }

    private static async Task<bool> FillAsync(IConfiguration configuration)
    {
        Console.WriteLine("Filling the demonstration, about half a minute …");
        try
        {
            await DemoSite.FillAsync(configuration, TimeProvider.System, Console.Out);
            return true;
        }
        catch (InvalidOperationException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            Environment.ExitCode = 1;
            return false;
        }
    }
}

/// <summary>One call of a command: its words, the configuration, and where it prints.</summary>
public sealed record CommandCall(IReadOnlyList<string> Words, IConfiguration Configuration, TextWriter Print, TimeProvider Time)
{
    /// <summary>What the operator types when asked.</summary>
    public TextReader Typed { get; init; } = Console.In;

    /// <summary>The system on the site's own data, without serving it.</summary>
    /// <exception cref="InvalidOperationException">There is no site in that folder.</exception>
    public ServiceProvider Open()
    {
        var folder = Path.GetFullPath(Configuration["Data:Folder"] ?? "data");
        if (!KeyRing.IsIn(folder))
            throw new InvalidOperationException($"No key ring in {folder}: name the site's folder with --Data:Folder.");
        return Services();
    }

    /// <summary>The same where the key ring may be gone.</summary>
    public ServiceProvider Services() =>
        new ServiceCollection().AddSingleton(Configuration).AddLogging().AddReport12350(Configuration).AddSingleton(Time).BuildServiceProvider();

    /// <summary>Both languages, for whoever reads the log.</summary>
    public void Say(string key, params object[] values)
    {
        var book = TextBook.Load(strict: true);
        foreach (var language in (string[])[TextBook.English, TextBook.Chinese])
            Print.WriteLine(string.Format(System.Globalization.CultureInfo.InvariantCulture, book.Find(key, language), values));
    }
}
