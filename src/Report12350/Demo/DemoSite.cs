using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Report12350.Data;
using Report12350.Profiles;
using Report12350.Staff;

namespace Report12350.Demo;

/// <summary>Fills an empty folder with a county at work: staff for every role and 300 reports of the last four months.</summary>
public static class DemoSite
{
    public const int Reports = 300;
    private static readonly TimeSpan Past = TimeSpan.FromDays(120);

    /// <exception cref="InvalidOperationException">There is something in the folder already.</exception>
    public static async Task FillAsync(IConfiguration configuration, TimeProvider time, TextWriter print, int reports = Reports)
    {
        var folder = DataFolder.Of(configuration);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new InvalidOperationException($"The demonstration fills an empty folder only, and {folder} is not empty. Choose another with --Data:Folder, or remove it.");
        var until = time.GetUtcNow();
        var clock = new DemoClock(until - Past);
        await using var services = new ServiceCollection().AddSingleton(configuration).AddLogging()
            .AddReport12350(configuration).AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var profile = services.GetRequiredService<JurisdictionProfile>();
        var staff = new DemoStaff(services, profile, await InstallAsync(services));
        await staff.RecruitAsync();

        var plan = new DemoPlan();
        var filed = new DemoReports(services, profile, staff, plan, clock, new Random(12350));
        filed.Prepare(reports, until - Past + TimeSpan.FromDays(1), until - TimeSpan.FromHours(2));
        await filed.AllotFundAsync();
        await plan.PlayAsync(clock, until);
        await filed.AskForIdentitiesAsync();
        await filed.MaskForTheCommitteeAsync();
        await staff.LeaveAsync();
        await SettleAsync(services);
        Print(print, staff, filed);
    }

    private static async Task<InstallationNotes> InstallAsync(IServiceProvider services)
    {
        InstallationNotes? shown = null;
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Installation>().RunAsync(notes => shown = notes, CancellationToken.None);
        return shown!;
    }

    /// <summary>Nobody was listening to the past: its events are not pushed to today's pages.</summary>
    private static async Task SettleAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReportsDbContext>().Outbox.ExecuteDeleteAsync();
    }

    private static void Print(TextWriter print, DemoStaff staff, DemoReports filed)
    {
        print.WriteLine();
        print.WriteLine("Demonstration. Everyone signs in at /staff/sign-in with");
        print.WriteLine($"  password     {DemoStaff.Password}");
        print.WriteLine($"  TOTP secret  {Base32Encoding.ToString(staff.TotpSecret)}   (add it to an authenticator app once)");
        print.WriteLine("  as one of");
        foreach (var person in staff.People.Where(p => !p.Name.Contains('.', StringComparison.Ordinal) || p.Person.Department is "zjj" or "yjglj" or "xfjydd" or "sw_yjj"))
            print.WriteLine($"    {person.Name,-20} {person.DisplayName}  {string.Join(", ", person.Person.Roles)}  {person.Person.Department}");
        print.WriteLine("    and <department>.officer1, .officer2, .lead of every other department");
        print.WriteLine("  Follow a report at /track with one of these receipts:");
        foreach (var receipt in filed.Receipts.Take(3).Concat(filed.Receipts.TakeLast(2)))
            print.WriteLine($"    {string.Join(' ', receipt.Chunk(5).Select(five => new string(five)))}");
        print.WriteLine($"  Claim code of every reward wish: {DemoReports.ClaimCodeOfAll}");
        print.WriteLine();
    }
}
