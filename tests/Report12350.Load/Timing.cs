using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Load;

/// <summary>Whether the time of an answer tells a secret that is nearly right from one that nobody has: two kinds, asked in random order.</summary>
internal static class Timing
{
    private const int Runs = 3;
    private const double Limit = 0.01;

    /// <summary>Fewer than the five that lock a number.</summary>
    private const int TriesOfANumber = 4;

    /// <summary>Fewer than make a name wait.</summary>
    private const int TriesOfAName = 4;

    /// <param name="asked">Which of receipt, claim and sign-in; none for all.</param>
    public static async Task<bool> AllAsync(int times, IReadOnlyList<string> asked)
    {
        await using var laid = await LaidOut.StartAsync();
        List<string> receipts = [];
        for (var i = 0; i < 20; i++)
            receipts.Add((await laid.FileOneAsync()).Receipt);
        var taken = Wanted("claim") ? await LayOutClaimsAsync(laid.Door, (times * Runs / TriesOfANumber) + Runs) : ' ';
        if (Wanted("sign-in"))
            await LayOutStaffAsync(laid.Door, (times * Runs / TriesOfAName) + Runs);

        Console.WriteLine("| asked | run | each | median unknown | median wrong | Mann-Whitney p | Kolmogorov-Smirnov p | |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var held = true;
        for (var run = 1; run <= Runs; run++)
        {
            var first = (run - 1) * (times / TriesOfANumber);
            if (Wanted("receipt"))
                held &= await CompareAsync(laid, "receipt", run, times, "/track", (wrong, _) => [("Receipt", wrong ? Misread(Any(receipts)) : Receipt.Generate().Digits)]);
            if (Wanted("claim"))
            {
                held &= await CompareAsync(laid, "number and claim code", run, times, "/claim", (wrong, i) => [
                    ("Number", NumberOf(wrong ? taken : '7', first + (i / TriesOfANumber))),
                    ("Code", RandomNumberGenerator.GetString("0123456789", 10))]);
            }

            if (Wanted("sign-in"))
            {
                held &= await CompareAsync(laid, "sign-in name and password", run, times, "/staff/sign-in", (wrong, i) => [
                    ("Name", NameOf(wrong, first + (i / TriesOfAName))),
                    ("Password", RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 16)),
                    ("Code", "000000")]);
            }
        }

        return held;

        bool Wanted(string what) => asked.Count == 0 || asked.Contains(what);
    }

    private static async Task<bool> CompareAsync(LaidOut laid, string asked, int run, int times, string path, Func<bool, int, (string, string)[]> fields)
    {
        using var browser = laid.Site.Browser();
        var page = await Page.GetAsync(browser, path);
        List<double> unknown = [], wrong = [];
        for (var i = -20; i < times; i++)
        {
            var first = RandomNumberGenerator.GetInt32(2) == 1;
            foreach (var isWrong in new[] { first, !first })
            {
                using var form = page.Form(path, fields(isWrong, Math.Max(i, 0)));
                var milliseconds = await AskAsync(browser, path, form);
                if (i >= 0)
                    (isWrong ? wrong : unknown).Add(milliseconds);
            }
        }

        var (shift, shape) = (TwoSamples.MannWhitney(unknown, wrong), TwoSamples.KolmogorovSmirnov(unknown, wrong));
        var held = shift >= Limit && shape >= Limit;
        Console.WriteLine(FormattableString.Invariant(
            $"| {asked} | {run} | {times} | {Median(unknown):0.000} ms | {Median(wrong):0.000} ms | {shift:0.000} | {shape:0.000} | {(held ? "held" : "MISSED")} |"));
        return held;
    }

    /// <summary>From the last byte of the question to the last of the answer, on one connection, as a guesser would measure.</summary>
    private static async Task<double> AskAsync(HttpClient browser, string path, HttpContent form)
    {
        await form.LoadIntoBufferAsync();
        var watch = Stopwatch.StartNew();
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form);
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        return answer.StatusCode is HttpStatusCode.OK ? milliseconds : throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode}");
    }

    /// <summary>Rewards with claim codes, as filing leaves them; the first digit of their numbers.</summary>
    private static async Task<char> LayOutClaimsAsync(BackDoor door, int count)
    {
        const char Taken = '8';
        await door.InScopeAsync(async scope =>
        {
            var db = scope.GetRequiredService<ReportsDbContext>();
            var profile = scope.GetRequiredService<JurisdictionProfile>();
            for (var i = 0; i < count; i++)
            {
                var report = ManyReports.One(i, new Random(i), profile, scope.GetRequiredService<EraseKeys>().Take().Id);
                report.EventsSaved();
                db.Reports.Add(report);
                var claim = new RewardClaim(Guid.NewGuid(), report.Id, NumberOf(Taken, i), wanted: true, RandomNumberGenerator.GetBytes(32), TimeProvider.System.GetUtcNow());
                claim.EventsSaved();
                db.RewardClaims.Add(claim);
            }

            return await db.SaveChangesAsync();
        });
        return Taken;
    }

    /// <summary>People with a password, all of them the same key: none of the passwords tried opens it.</summary>
    private static Task LayOutStaffAsync(BackDoor door, int count) => door.InScopeAsync(async scope =>
    {
        await door.DispatcherAsync();
        var db = scope.GetRequiredService<ReportsDbContext>();
        var one = db.Staff.First();
        db.Staff.AddRange(Enumerable.Range(0, count).Select(i => new StaffMember
        {
            Id = Guid.NewGuid(),
            SignInName = NameOf(known: true, i),
            DisplayName = one.DisplayName,
            Department = one.Department,
            Roles = one.Roles,
            PublicKey = one.PublicKey,
            KeySalt = one.KeySalt,
            SealedPrivateKey = one.SealedPrivateKey,
            SealedTotpSecret = one.SealedTotpSecret,
        }));
        return await db.SaveChangesAsync();
    });

    private static string NameOf(bool known, int i) => FormattableString.Invariant($"{(known ? "known" : "other")}{i:00000}");

    private static string NumberOf(char first, int i) => FormattableString.Invariant($"{first}{i:0000000000}");

    private static string Any(IReadOnlyList<string> receipts) => receipts[RandomNumberGenerator.GetInt32(receipts.Count)];

    /// <summary>Two digits other than they were given out, and the check digit happens to fit.</summary>
    private static string Misread(string receipt)
    {
        while (true)
        {
            var at = RandomNumberGenerator.GetInt32(receipt.Length - 1);
            var other = $"{receipt[..at]}{RandomNumberGenerator.GetString("0123456789", 2)}{receipt[(at + 2)..]}";
            if (other != receipt && Receipt.Check(other) is ReceiptProblem.None)
                return other;
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
