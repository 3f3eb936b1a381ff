using Report12350.Demo;

namespace Report12350.Web;

/// <summary>What the program does besides serving: <c>demo</c> fills an empty folder first.</summary>
public static class CommandLine
{
    /// <returns>Whether the site is to be served.</returns>
    public static async Task<bool> PrepareAsync(this WebApplicationBuilder builder, string[] args)
    {
        if (!args.Contains("demo"))
            return true;
        Console.WriteLine("Filling the demonstration, about half a minute …");
        try
        {
            await DemoSite.FillAsync(builder.Configuration, TimeProvider.System, Console.Out);
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
