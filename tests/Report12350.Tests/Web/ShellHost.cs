using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Report12350.Tests.Profiles;
using Report12350.Web;

namespace Report12350.Tests.Web;

/// <summary>The shell alone in memory: its pages, headers and static files, with the county's profile and without what the other pages need.</summary>
public sealed class ShellHost : IAsyncLifetime
{
    private WebApplication _app = null!;

    public HttpClient Visitor(string? cookies = null)
    {
        var client = _app.GetTestServer().CreateClient();
        client.BaseAddress = new Uri("https://localhost");
        if (cookies is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookies);
        }

        return client;
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(Texts).Assembly.GetName().Name,
            EnvironmentName = "Testing",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton(HaifengProfile.Loaded);
        builder.Services.AddShell();
        _app = builder.Build();
        _app.UseShell();
        _app.MapShell();
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
