using Report12350.Confidentiality;
using Report12350.Evidence.Cleaning;
using Report12350.Profiles;
using Report12350.Web;

if (args is [DecoderProgram.Word, .. var task])
{
    Environment.ExitCode = DecoderProgram.Run(task);
    return;
}

SmallMemory.Use();
try
{
    var builder = WebApplication.CreateBuilder(CommandLine.Settings(args));
    if (!await builder.PrepareAsync(args))
        return;
    builder.AddSite();

    var app = builder.Build();
    app.UseSite();
    await app.InstallAsync();
    await app.RunAsync();
}
catch (KeyRingLostException lost)
{
    await Console.Error.WriteLineAsync(lost.Message);
    Environment.ExitCode = 1;
}
catch (ProfileException faults)
{
    await Console.Error.WriteLineAsync($"The county's profile cannot be used; nothing was started.\n{faults.Message}");
    Environment.ExitCode = 1;
}
