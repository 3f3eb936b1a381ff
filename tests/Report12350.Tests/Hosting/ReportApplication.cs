using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Tests.Hosting;

/// <summary>The whole program on a database and a folder of its own, with a clock the test moves.</summary>
public abstract class ReportApplication : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly Dictionary<string, StaffHands> staff = [];
    private IAsyncLifetime? started;

    /// <summary>Listens on a port of its own, for browsers; otherwise in memory.</summary>
    protected virtual bool OnAPort => false;

    /// <summary>Address of the site when it listens on a port.</summary>
    public Uri Site => ClientOptions.BaseAddress;

    /// <summary>The same by name: passkeys belong to a name, never to a number.</summary>
    public Uri NamedSite => new($"http://localhost:{Site.Port}");

    public string Folder { get; } = Directory.CreateTempSubdirectory("report12350-").FullName;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    public JurisdictionProfile Profile => Services.GetRequiredService<JurisdictionProfile>();

    /// <summary>What the first start printed.</summary>
    public InstallationNotes Notes { get; private set; } = new("", "");

    /// <summary>What runs beside the site: it is started before it and ended after it.</summary>
    protected virtual IAsyncLifetime? Beside => null;

    public virtual async ValueTask InitializeAsync()
    {
        started = Beside;
        if (started is not null)
            await started.InitializeAsync();
        if (OnAPort)
        {
            UseKestrel(0);
            StartServer();
            Services.GetRequiredService<IConfiguration>()[SiteAddress.Setting] = NamedSite.ToString();
        }

        await using var scope = Services.CreateAsyncScope();
        Notes = InstalledNotes.Of(Folder);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (started is not null)
            await started.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sends as a member of the public.</summary>
    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, TestContext.Current.CancellationToken);
    }

    public async Task<T> Read<T>(Func<ReportsDbContext, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<ReportsDbContext>());
    }

    /// <summary>A client on https, so that the secret cookies travel.</summary>
    public HttpClient Browser(bool followRedirects = true) => CreateClient(new WebApplicationFactoryClientOptions
    {
        BaseAddress = new Uri("https://localhost"),
        AllowAutoRedirect = followRedirects,
        HandleCookies = true,
    });

    /// <summary>A member of staff in this role and department, signed in with their key open; the same one each time.</summary>
    public async Task<StaffHands> As(Role role, string department = "awb", string person = "1")
    {
        var name = $"{role}.{department.Replace('_', '-')}.{person}".ToLowerInvariant();
        if (staff.TryGetValue(name, out var hands))
            await hands.ComeBackAsync();
        else
            staff[name] = hands = await Recruiting.JoinAsync(this, name, department, [role]);
        return hands;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseSetting("Data:Folder", Folder);
        builder.UseSetting(SiteAddress.Setting, "https://localhost");
        builder.UseSetting("Receipts:Ready", "8");
        builder.UseSetting("Flood:Burst", "10000"); // a clock that stands still lets no flood pass
        builder.UseSetting("Installation:NotesFile", InstalledNotes.FileIn(Folder));
        builder.UseSetting("Logging:Console:LogLevel:Default", "Error"); // so that a failed test is found in what a run prints
        builder.UseSetting("Logging:Console:LogLevel:Microsoft.EntityFrameworkCore.Database.Command", "None"); // a new database has no table of migrations yet
        builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(Time));
    }
}

/// <summary>On the embedded defaults.</summary>
public class SqliteApplication : ReportApplication;
