using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Report12350.Web;

namespace Report12350.Load;

/// <summary>A server with next to nothing in it, in a process of its own as the site is and with the site's own runtime settings: what a thing costs at least.</summary>
internal sealed class BareProcess : IAsyncDisposable
{
    private readonly Process process;

    private BareProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="what">What it serves: a word of <see cref="Program"/>.</param>
    public static async Task<BareProcess> StartAsync(string what, string folder, string certificate)
    {
        var settings = Path.ChangeExtension(typeof(WebSetup).Assembly.Location, ".runtimeconfig.json");
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", settings, typeof(BareProcess).Assembly.Location, what, folder, certificate])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare process did not start.");
        return new BareProcess(process, new Uri(address));
    }

    /// <summary>Serves HTTPS until it is killed; its address is the first thing it says.</summary>
    public static async Task ServeAsync(string certificate, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Configuration["Kestrel:Certificates:Default:Path"] = certificate;
        builder.Configuration["Kestrel:Certificates:Default:Password"] = "load";
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        add(builder.Services);
        await using var bare = builder.Build();
        map(bare);
        await bare.StartAsync();
        Console.WriteLine(bare.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Task.Delay(Timeout.Infinite);
    }

    public long ResidentMegabytes()
    {
        process.Refresh();
        return process.WorkingSet64 / (1024 * 1024);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
