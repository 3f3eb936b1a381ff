using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Reports;
using Report12350.Duplicates;
using Report12350.Profiles;

namespace Report12350.Load;

/// <summary>A county's reports of many years: every state, sector and town, sealed content of the usual size.</summary>
internal static class ManyReports
{
    private const int Batch = 1000;

    public static async Task LayOutAsync(BackDoor door, int count, bool withFingerprints = false)
    {
        var random = new Random(12350);
        for (var from = 0; from < count; from += Batch)
        {
            var first = from;
            await door.InScopeAsync(async scope =>
            {
                var db = scope.GetRequiredService<ReportsDbContext>();
                var profile = scope.GetRequiredService<JurisdictionProfile>();
                var eraseKeys = scope.GetRequiredService<EraseKeys>();
                db.ChangeTracker.AutoDetectChangesEnabled = false;
                for (var i = first; i < Math.Min(first + Batch, count); i++)
                {
                    var report = One(i, random, profile, eraseKeys.Take().Id);
                    report.EventsSaved();
                    db.Reports.Add(report);
                    if (withFingerprints)
                        db.Fingerprints.Add(FingerprintOf(report, random, scope.GetRequiredService<Fingerprints>()));
                }

                return await db.SaveChangesAsync();
            });
        }

        await door.Read(db => db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE); ANALYZE;"));
    }

    public static Report One(int i, Random random, JurisdictionProfile profile, string eraseKeyId)
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-random.Next(24 * 700));
        var deadlines = profile.DeadlinesOn(deadlinesDay(at));
        var sealedContent = new byte[1100];
        random.NextBytes(sealedContent);
        var lookup = new byte[32];
        random.NextBytes(lookup);
        var towns = profile.Towns.Where(t => t.IsManaged).ToList();
        var filing = new Filing(
            ReportId.New(at), $"9{i:0000000000}", Channel.Web, Anonymity.Anonymous, MatterKind.GeneralHazard,
            profile.Sectors[random.Next(profile.Sectors.Count)].Id, towns[random.Next(towns.Count)].Id, OutsideCounty: false, Urgent: i % 50 == 0, InvolvesDeaths: false);
        var report = Report.File(filing, new FilingSeals(lookup, new byte[80], sealedContent, null, null, eraseKeyId), at, deadlines);
        Walk(report, i % 10, at, deadlines, profile);
        return report;
        static DateOnly deadlinesDay(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(8)).DateTime);
    }

    /// <summary>As of a narrative of some hundred characters about one of two thousand units.</summary>
    private static ReportFingerprint FingerprintOf(Report report, Random random, Fingerprints fingerprints)
    {
        var bigrams = Enumerable.Range(0, 100).Select(_ => new string([(char)random.Next(0x4E00, 0x5200), (char)random.Next(0x4E00, 0x5200)])).ToHashSet(StringComparer.Ordinal);
        var taken = fingerprints.Of(FormattableString.Invariant($"{report.Town}/{random.Next(2000)}"), bigrams);
        return new ReportFingerprint { Number = report.Number, ReportId = report.Id, SealedFingerprint = fingerprints.Seal(taken, report.Id) };
    }

    /// <summary>Of ten reports three are open; the rest ended.</summary>
    private static void Walk(Report report, int fate, DateTimeOffset at, DeadlinePolicy deadlines, JurisdictionProfile profile)
    {
        var dispatcher = Actor.Staff(Guid.NewGuid(), Domain.Access.Role.Dispatcher, "awb");
        var officer = Actor.Staff(Guid.NewGuid(), Domain.Access.Role.Officer, "zjj");
        if (fate == 0)
            return;
        report.Accept(dispatcher, at.AddDays(1), deadlines);
        if (fate == 1)
            return;
        var lead = profile.Departments[report.Number[^2] % profile.Departments.Count].Id;
        report.Refer(dispatcher, new Referral(lead, [], "load", ToCountyGovernment: false), null, at.AddDays(2), deadlines);
        report.SignIn(officer, at.AddDays(3));
        if (fate == 2)
            return;
        report.RecordVerification(officer, Text(at), at.AddDays(10));
        report.Conclude(officer, Finding.Unsubstantiated, MatterKind.GeneralHazard, Text(at), at.AddDays(11), deadlines);
        report.GiveFeedback(officer, Text(at), at.AddDays(12), deadlines);
        report.Close(officer, at.AddDays(30));
    }

    private static Sealed Text(DateTimeOffset at) => new(Guid.CreateVersion7(at), new byte[400]);
}
