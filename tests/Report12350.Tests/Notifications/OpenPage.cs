using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Report12350.Confidentiality;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Notifications;

/// <summary>A page that listens, with the client that browsers use.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    public const string OnlySomething = "[null]";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HubConnection connection;
    private readonly Channel<string> heard = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpenPage(HubConnection connection)
    {
        this.connection = connection;
        connection.On("Changed", [typeof(object)], arguments =>
        {
            heard.Writer.TryWrite(System.Text.Json.JsonSerializer.Serialize(arguments));
            return Task.CompletedTask;
        });
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public int Waiting => heard.Reader.Count;

    public static async Task<OpenPage> ListenAsync(ReportApplication app, string query, string? cookie, bool mayFail = false)
    {
        var page = new OpenPage(new HubConnectionBuilder().WithUrl($"https://localhost/hubs/progress?{query}", options =>
        {
            options.HttpMessageHandlerFactory = _ => app.Server.CreateHandler();
            options.Transports = HttpTransportType.LongPolling;
            if (cookie is not null)
                options.Headers["Cookie"] = cookie;
        }).Build());
        await page.StartAsync(mayFail);
        return page;
    }

    /// <summary>A member of staff before a case, or before the list of their work.</summary>
    public static Task<OpenPage> OfStaffAsync(ReportApplication app, SessionPass pass, string? number = null) =>
        ListenAsync(app, $"kind=staff&number={number}", $"__Host-staff={pass.ToCookie()}");

    public static async Task<OpenPage> OfReporterAsync(ReportApplication app, Filed filed) => await ListenAsync(app, "kind=report", await app.TrackPassAsync(filed));

    public Task ClosedAsync() => closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public async Task<string> NextAsync() => await heard.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    /// <summary>The next that names a step.</summary>
    public async Task<string> NextStepAsync()
    {
        while (true)
        {
            if (await NextAsync() is var said and not OnlySomething)
                return said;
        }
    }

    /// <summary>All that came and was not looked at yet.</summary>
    public IReadOnlyList<string> Rest()
    {
        List<string> rest = [];
        while (heard.Reader.TryRead(out var said))
            rest.Add(said);
        return rest;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>What is asked of the hub is answered only once it has let the page in; it answers no question, but that it says.</summary>
    private async Task StartAsync(bool mayFail)
    {
        try
        {
            await connection.StartAsync(TestContext.Current.CancellationToken);
            await Should.ThrowAsync<HubException>(() => connection.InvokeAsync("Anything", TestContext.Current.CancellationToken));
        }
        catch (Exception) when (mayFail)
        {
            closed.TrySetResult();
        }
    }
}

/// <summary>Cookies of those who listen.</summary>
internal static class Passes
{
    public static async Task<string> TrackPassAsync(this ReportApplication app, Filed filed)
    {
        var answer = await app.Browser(followRedirects: false).SendFormAsync("/track", [("Receipt", filed.Receipt)]);
        return answer.CookieIn("__Host-track").ShouldNotBeNull();
    }
}
