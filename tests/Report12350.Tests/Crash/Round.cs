using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Intake;
using Report12350.Load;

namespace Report12350.Tests.Crash;

/// <summary>One life of the site: all send at once, it is killed among them, and after the restart they send again what got no answer.</summary>
internal sealed partial class Round(Bustle bustle, IReadOnlyDictionary<DraftPass, SentForm> filings, IReadOnlyList<IReadOnlyList<SentForm>> people)
{
    private readonly IReadOnlyList<SentForm> all = [.. people.SelectMany(forms => forms)];

    public async Task SendUntilKilledAsync(SiteUnderLoad site, Random random)
    {
        // Nobody but the site has the database open when it dies, so that its next start has the log to recover.
        SqliteConnection.ClearAllPools();
        using var instant = KillInstant.ByChance(site.Folder, all.Count, random);
        using var browser = site.Browser(keepsCookies: false);
        var sending = Task.WhenAll(people.Select(forms => Task.Run(() => SendAsync(browser, forms, instant))));
        await Task.WhenAny(instant.Come, sending);
        instant.Over();
        await site.DisposeAsync();
        await sending;
        all.Where(form => form.Answer is Answer.Refused).ShouldBeEmpty();
    }

    /// <returns>How many got no answer, and of these how many had been done all the same.</returns>
    public async Task<(int CutOff, int Done)> SettleAsync(SiteUnderLoad site)
    {
        var before = await bustle.BooksAsync(filings.Keys);
        before.ShouldBalance(bustle.Drafts.Count);
        all.Where(form => form.Answer is Answer.Taken && !form.IsDone(before)).ShouldBeEmpty("acknowledged and lost");
        all.Where(form => form.Answer is Answer.NotSent && form.IsDone(before)).ShouldBeEmpty();
        var open = people.Select(forms => forms.Where(form => form.Answer is not Answer.Taken).ToList()).ToList();
        var cutOff = all.Where(form => form.Answer is Answer.CutOff).ToList();

        using var browser = site.Browser(keepsCookies: false);
        await Task.WhenAll(open.Select(forms => Task.Run(() => AgainAsync(browser, forms))));
        foreach (var form in open.SelectMany(forms => forms))
        {
            var expected = form.IsDone(before) && !filings.Values.Contains(form) ? Answer.Refused : Answer.Taken;
            form.Answer.ShouldBe(expected, form.ToString());
            form.Status.ShouldBe(expected is Answer.Refused ? HttpStatusCode.OK : HttpStatusCode.Redirect, form.ToString());
        }

        var after = await bustle.BooksAsync(filings.Keys);
        after.ShouldBalance(bustle.Drafts.Count);
        after.Reports.Count.ShouldBe(bustle.Drafts.Count, "one report a draft");
        all.Where(form => !form.IsDone(after)).ShouldBeEmpty();
        await Task.WhenAll(filings.Keys.Select(pass => OpensAsync(browser, pass, before, after)));
        return (cutOff.Count, cutOff.Count(form => form.IsDone(before)));
    }

    private static async Task SendAsync(HttpClient browser, IReadOnlyList<SentForm> forms, KillInstant instant)
    {
        foreach (var form in forms.TakeWhile(_ => !instant.IsOver))
        {
            await form.SendAsync(browser);
            instant.AnswerCame();
        }
    }

    private static async Task AgainAsync(HttpClient browser, List<SentForm> forms)
    {
        foreach (var form in forms)
            await form.SendAsync(browser);
    }

    /// <summary>The page shows number and receipt; the receipt opens the report of that number, and it says what this draft said.</summary>
    private async Task OpensAsync(HttpClient browser, DraftPass pass, Books before, Books after)
    {
        var filed = after.Filed[pass.Id];
        if (before.Filed.TryGetValue(pass.Id, out var kept))
            filed.ShouldBe(kept);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/report/done");
        asked.Headers.Add("Cookie", $"__Host-draft={pass.ToCookie()}");
        using var page = await browser.SendAsync(asked);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain(filed.Number);
        string.Concat(Fives().Matches(html).Select(five => five.Groups["five"].Value)).ShouldBe(filed.Receipt);

        Receipt.TryParse(filed.Receipt, out var receipt).ShouldBeTrue();
        await bustle.Door.InScopeAsync(async scope =>
        {
            var opener = scope.GetRequiredService<ReportOpener>();
            var opened = opener.ForReporter(await opener.PassForReceiptAsync(receipt, CancellationToken.None)).ShouldNotBeNull();
            var report = await scope.GetRequiredService<ReportsDbContext>().Reports.AsNoTracking().SingleAsync(r => r.Id == opened.Id);
            report.Number.ShouldBe(filed.Number);
            opened.Content<ReportAnswers>(report).Unit.ShouldBe(bustle.Drafts[pass]);
            return report;
        });
    }

    [GeneratedRegex("<span>(?<five>[0-9]{5})</span>", RegexOptions.ExplicitCapture)]
    private static partial Regex Fives();
}
