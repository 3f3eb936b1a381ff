using System.Diagnostics;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Faults;

/// <summary>辖区配置有误: the program does not start, and says in which file and line and why.</summary>
public sealed class CorruptProfileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("corrupt").FullName;

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    public async Task The_program_refuses_to_start_and_names_file_line_and_rule(string command)
    {
        var profile = Directory.CreateDirectory(Path.Combine(folder, "profile")).FullName;
        foreach (var file in Directory.GetFiles(HaifengProfile.Folder))
            File.Copy(file, Path.Combine(profile, Path.GetFileName(file)));
        var routing = Path.Combine(profile, "routing.yaml");
        await File.WriteAllTextAsync(routing, (await File.ReadAllTextAsync(routing)).Replace("lead: xfjydd", "lead: nobody", StringComparison.Ordinal));

        var (code, said) = await StartAsync(command, profile);

        code.ShouldBe(1, said);
        said.ShouldContain("The county's profile cannot be used; nothing was started.");
        said.ShouldMatch(@"routing\.yaml:\d+: .*unknown department 'nobody' in 'lead'");
        said.ShouldNotContain("   at ");
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldAllBe(file => file.StartsWith(profile, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int Code, string Said)> StartAsync(string command, string profile)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Report12350.Web.dll"), command,
            "--Profile:Folder", profile, "--Data:Folder", Path.Combine(folder, "data"), "--urls", "http://127.0.0.1:0",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error + await output);
    }
}
