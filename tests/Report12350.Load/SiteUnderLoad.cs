using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Report12350.Web;

namespace Report12350.Load;

/// <summary>The site as a process of its own, on HTTPS, on its embedded defaults and an empty folder.</summary>
internal sealed partial class SiteUnderLoad : IAsyncDisposable
{
    private readonly Process process;
    private bool dead;

    private SiteUnderLoad(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
    }

    public string Folder { get; }

    public string Certificate => CertificateOf(Folder);

    public Uri Address { get; private set; } = null!;

    public static async Task<SiteUnderLoad> StartAsync(string folder, params IReadOnlyList<string> settings)
    {
        var (site, listening) = Launch(folder, settings);
        site.Address = await listening;
        return site;
    }

    /// <summary>Begins to start it; the task ends when it listens.</summary>
    public static (SiteUnderLoad Site, Task<Uri> Listening) Launch(string folder, params IReadOnlyList<string> settings)
    {
        var certificate = CertificateOf(folder);
        File.WriteAllBytes(certificate, SelfSigned());
        var site = typeof(WebSetup).Assembly.Location;
        var process = Process.Start(new ProcessStartInfo("dotnet", [
            site, "--urls", "https://127.0.0.1:0", "--environment", "Production", "--Data:Folder", folder,
            "--Kestrel:Certificates:Default:Path", certificate, "--Kestrel:Certificates:Default:Password", "load",
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information", "--Flood:Burst", "1e9", "--Flood:SiteBurst", "1e9", .. settings])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(site)!,
        })!;
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups["address"].Value));
        };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The site did not start."));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        return (new SiteUnderLoad(process, folder), listening.Task.WaitAsync(TimeSpan.FromMinutes(2)));
    }

    /// <summary>A browser of its own: cookies, one connection, the site's own certificate.</summary>
    public HttpClient Browser(string? cookies = null, bool keepsCookies = true)
    {
        var jar = new CookieContainer();
        foreach (var pair in (cookies ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('=', 2)))
            jar.Add(new Cookie(pair[0], pair[1], "/", Address.Host) { Secure = true });
        return new HttpClient(new SocketsHttpHandler
        {
            UseCookies = keepsCookies,
            CookieContainer = jar,
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        {
            BaseAddress = Address,
        };
    }

    public long ResidentMegabytes()
    {
        process.Refresh();
        return process.WorkingSet64 / (1024 * 1024);
    }

    /// <summary>The most since it was forgotten.</summary>
    public long PeakMegabytes()
    {
        process.Refresh();
        return process.PeakWorkingSet64 / (1024 * 1024);
    }

    public void ForgetPeak() => File.WriteAllText(FormattableString.Invariant($"/proc/{process.Id}/clear_refs"), "5");

    /// <summary>Kills it (SIGKILL), as a power cut would.</summary>
    public async ValueTask DisposeAsync()
    {
        if (dead)
            return;
        dead = true;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string CertificateOf(string folder) => folder + ".pfx";

    private static byte[] SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
        return certificate.Export(X509ContentType.Pfx, "load");
    }

    [GeneratedRegex(@"Now listening on: (?<address>https://\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
