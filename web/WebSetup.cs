using Microsoft.AspNetCore.DataProtection;
using Report12350.Bot;
using Report12350.Data;
using Report12350.Staff;
using Report12350.Web.Connector;
using Report12350.Web.DirectLine;
using Report12350.Web.Notifications;
using Report12350.Web.Security;
using Report12350.Web.Uploads;

namespace Report12350.Web;

/// <summary>The site: shell, staff gate and live progress on top of the system.</summary>
public static class WebSetup
{
    public static WebApplicationBuilder AddSite(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpOverrides", LogLevel.None); // names addresses
        builder.Services.AddReport12350(builder.Configuration, typeof(WebSetup).Assembly);
        builder.Services.AddBot();
        builder.Services.AddShell();
        builder.AddOpenIdSignIn();
        // These keys guard form tokens, and the way to the identity provider and back, only; what must stay secret is sealed under the key ring instead.
        builder.Services.AddDataProtection().SetApplicationName("Report12350")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(DataFolder.Of(builder.Configuration), "keys", "forms")));
        builder.Services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(mvc => mvc.Filters.Add<StepUpAsked>());
        builder.Services.AddSingleton<KnownBrowsers>();
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<Listeners>();
        builder.Services.AddHostedService<ListenersWatch>();
        builder.Services.AddHostedService<SmallMemory>();
        builder.Services.AddScoped<TusServer>();
        builder.Services.AddScoped<DirectLineServer>();
        builder.Services.AddScoped<DirectLineStream>();
        builder.AddChannels();
        return builder;
    }

    public static WebApplication UseSite(this WebApplication app)
    {
        app.UseShell();
        app.UseOpenIdSignIn();
        app.UseWebSockets();
        app.UseMiddleware<FormWithoutNuls>();
        app.UseMiddleware<StaffGate>();
        app.UseMiddleware<StepUpForm>();
        app.UseMiddleware<SpooledForm>();
        app.MapShell();
        app.MapHub<ProgressHub>("/hubs/progress");
        TusServer.Map(app);
        DirectLineServer.Map(app);
        app.MapChannels();
        return app;
    }

    /// <summary>Migrates and installs; the first start shows the recovery key and the administrator's invitation, once.</summary>
    public static async Task InstallAsync(this WebApplication app)
    {
        var keepIn = app.Environment.IsEnvironment("Testing") ? app.Configuration["Installation:NotesFile"] : null;
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Installation>().RunAsync(notes => Show(notes, keepIn), CancellationToken.None);
    }

    private static void Show(InstallationNotes notes, string? keepIn)
    {
        if (keepIn is not null)
            File.WriteAllText(keepIn, System.Text.Json.JsonSerializer.Serialize(notes));
        else
            Console.WriteLine(notes.RecoveryKey is { Length: > 0 } recovery
                ? $"""

                First start. Keep on paper, it is shown only now:
                  recovery key (恢复密钥)          {recovery}
                  administrator's invitation       {notes.AdministratorCode}   at /staff/join

                """
                : $"""

                Nobody has joined yet, and the invitation has run out. A new one:
                  administrator's invitation       {notes.AdministratorCode}   at /staff/join

                """);
    }
}
