using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tracking;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>An officer's open case: it follows what others do; let in anew when their rights change, and gone quiet when the session is ended.</summary>
public sealed class StaffListeningTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const string Negotiate = "/hubs/progress/negotiate";

    [Fact(Timeout = 300_000)]
    public async Task An_open_case_follows_what_others_do_as_long_as_its_reader_may()
    {
        var filed = await app.FileAsync();
        var (reader, other) = (await app.As(Role.Dispatcher, person: "reader"), await app.As(Role.Dispatcher));
        await using var visitor = await chromium.VisitAsync(app.Site);
        await visitor.SignInAsync(app, reader);
        await visitor.GoAsync($"/staff/reports/{filed.Number}");
        await Expect(visitor.Page.Locator("html[data-live=on]")).ToHaveCountAsync(1);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await SeesAsync("先打电话问清楚");

        // Other rights, though the case is still theirs: let in anew.
        await visitor.Page.RunAndWaitForRequestAsync(
            () => app.Read(db => db.Staff.Where(m => m.Id == reader.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Roles, [Role.Dispatcher, Role.Auditor]))),
            request => request.Url.Contains(Negotiate, StringComparison.Ordinal));
        await SeesAsync("已经问清楚了");

        // The session ended elsewhere: the page asks once whether it is still its reader's, and listens no more.
        var tries = visitor.Requests.Count(url => url.Contains(Negotiate, StringComparison.Ordinal));
        await visitor.Page.RunAndWaitForResponseAsync(
            async () => await (await app.As(Role.Administrator)).Send(new EndSignInsOf(reader.Id)),
            response => response.Url.EndsWith($"/staff/reports/{filed.Number}", StringComparison.Ordinal) && response.Status == 302);
        visitor.Requests.Count(url => url.Contains(Negotiate, StringComparison.Ordinal)).ShouldBe(tries);

        async Task SeesAsync(string note)
        {
            var version = await app.VersionAsync(filed.Id);
            await other.Send(filed.Id, opened => new AddNote(opened, version, note));
            await Expect(visitor.Page.Locator("#case-timeline")).ToContainTextAsync(note, new LocatorAssertionsToContainTextOptions { Timeout = 15000 });
        }
    }
}
