using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Web.Security;

namespace Report12350.Tests.Edge;

/// <summary>A site where few forms are a flood.</summary>
public sealed class FloodedApplication : SqliteApplication
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Flood:Burst", "4");
    }

    /// <summary>As many forms as are counted at all.</summary>
    public void Rise()
    {
        for (var i = 0; i < 100; i++)
            Services.GetRequiredService<FloodGauge>().Note(null);
    }

    public void Calm() => Time.Advance(TimeSpan.FromMinutes(20));

    /// <summary>Holds every turn of the slow lane.</summary>
    public async Task<List<IDisposable>> BusyAsync()
    {
        List<IDisposable> turns = [];
        for (var i = 0; i < SlowLane.AtOnce; i++)
            turns.Add((await Services.GetRequiredService<SlowLane>().EnterAsync(99, "busy", 1, TestContext.Current.CancellationToken))!);
        return turns;
    }
}

public sealed class FloodedFormsTests(FloodedApplication app) : IClassFixture<FloodedApplication>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_calm_no_page_asks_for_anything()
    {
        app.Calm();
        foreach (var path in (string[])["/", "/report", "/track", "/claim"])
            (await app.Browser().ReadAsync(path)).ShouldNotContain("altcha");
    }

    [Fact]
    public async Task Under_flood_the_pages_with_costly_forms_bring_the_sum_and_others_do_not()
    {
        app.Rise();
        foreach (var path in (string[])["/report", "/track", "/claim"])
            (await app.Browser().ReadAsync(path)).ShouldContain("<meta name=\"altcha\" content=\"/altcha\"");
        (await app.Browser().ReadAsync("/safe")).ShouldNotContain("altcha");
    }

    [Fact]
    public async Task The_sum_grows_with_the_flood_and_speaks_the_protocol()
    {
        app.Calm();
        var calm = await SumAsync();
        app.Rise();
        var high = await SumAsync();

        (calm.Maxnumber, high.Maxnumber).ShouldBe((10_000, 160_000));
        var json = await app.Browser().GetFromJsonAsync<JsonElement>("/altcha", Token);
        json.EnumerateObject().Select(p => p.Name).ShouldBe(["algorithm", "challenge", "maxnumber", "salt", "signature"]);
    }

    [Fact]
    public async Task A_form_with_the_answer_goes_on_at_once_and_one_without_waits_for_its_turn()
    {
        var filed = await app.FileAsync();
        app.Rise();
        var busy = await app.BusyAsync();
        var sum = WorkProofTests.AnswerTo(await SumAsync());

        var solved = await app.Browser(followRedirects: false).SendFormAsync("/track", [("Receipt", filed.Receipt), ("altcha", sum)]);
        solved.Headers.Location!.ToString().ShouldBe("/track/report");

        var replayed = app.Browser(followRedirects: false).SendFormAsync("/track", [("Receipt", filed.Receipt), ("altcha", sum)]);
        await OneWaitsAsync();
        replayed.IsCompleted.ShouldBeFalse();
        busy.ForEach(turn => turn.Dispose());
        (await replayed).Headers.Location!.ToString().ShouldBe("/track/report");
    }

    [Fact]
    public async Task Who_waited_too_long_is_told_and_sends_again_what_was_typed()
    {
        app.Rise();
        var busy = await app.BusyAsync();
        var browser = app.Browser(followRedirects: false);
        var sent = browser.SendFormAsync("/track", [("Kind", "MajorHazard")], "/report/kind?from=check");
        await OneWaitsAsync();
        app.Time.Advance(TimeSpan.FromSeconds(31));

        var answer = await sent;
        busy.ForEach(turn => turn.Dispose());
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var page = await answer.TextAsync();
        page.ShouldContain("action=\"/report/kind?from=check\"");
        page.ShouldContain("name=\"Kind\" value=\"MajorHazard\"");
        page.ShouldNotContain("<input type=\"hidden\" name=\"altcha\"");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_before_it_waits()
    {
        app.Rise();
        var busy = await app.BusyAsync();

        var answer = await app.Browser().PostAsync("/track", new FormUrlEncodedContent([]), Token);

        busy.ForEach(turn => turn.Dispose());
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<WorkChallenge> SumAsync() => (await app.Browser().GetFromJsonAsync<WorkChallenge>("/altcha", Token))!;

    private async Task OneWaitsAsync()
    {
        var lane = app.Services.GetRequiredService<SlowLane>();
        while (lane.Waiting == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
