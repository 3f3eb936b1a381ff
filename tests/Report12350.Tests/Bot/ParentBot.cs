using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Report12350.Tests.Architecture;
using Report12350.Tests.Web;

namespace Report12350.Tests.Bot;

/// <summary>A parent bot on Microsoft's own library, in a process of its own.</summary>
public sealed class ParentBot : IAsyncDisposable
{
    private readonly Process process;

    private ParentBot(Process process) => this.process = process;

    public Uri ServiceUrl { get; private set; } = null!;

    public static async Task<ParentBot> StartAsync(BotCloud cloud)
    {
        var here = Path.Combine(SourceFile.Root, "tests", "Report12350.Tests");
        var start = new ProcessStartInfo("node", [Path.Combine(here, "Bot", "parent.cjs")])
        {
            WorkingDirectory = here, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in new[] { ("PARENT", BotCloud.Parent), ("SKILL", BotCloud.App), ("LOGIN", $"{cloud.Address}login"), ("ISSUER", BotCloud.LoginIssuer) })
            start.Environment[name] = value;
        start.Environment["PHOTO"] = Convert.ToBase64String(await FilingWalk.Png("parent").ReadAsByteArrayAsync());
        var parent = new ParentBot(Process.Start(start)!);
        var (_, port) = await parent.HearAsync();
        parent.ServiceUrl = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port.GetInt32()}/api/skills"));
        return parent;
    }

    /// <summary>What its user says, brought to the bot there; and what comes back.</summary>
    public async Task<List<JsonElement>> BringAsync(Uri skill, string mode, string text, bool photo = false)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { skill = skill.ToString().TrimEnd('/'), mode, text, photo }));
        List<JsonElement> heard = [];
        while (await HearAsync() is var (word, what))
        {
            if (word == "status")
            {
                what.GetInt32().ShouldBe(200);
                break;
            }

            word.ShouldBe("activity", what.ToString());
            heard.Add(what);
        }

        return heard;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<(string Word, JsonElement What)> HearAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        var at = line.IndexOf(' ', StringComparison.Ordinal);
        return (line[..at], JsonDocument.Parse(line[(at + 1)..]).RootElement);
    }
}
