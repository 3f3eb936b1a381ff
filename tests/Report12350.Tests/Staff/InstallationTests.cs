using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

public abstract class InstallationTests(ReportApplication app)
{
    [Fact]
    public async Task The_first_administrator_has_no_default_password_and_an_invitation_that_ran_out_is_renewed_until_somebody_has_joined()
    {
        (await app.Read(db => db.Staff.AnyAsync())).ShouldBeFalse();
        foreach (var guess in (string[])["admin", "administrator", "12350", ""])
            (await app.Send(new SignIn("admin", guess, "000000"))).Outcome.ShouldBe(SignInOutcome.Refused);
        (await AgainAsync()).ShouldBeNull();

        app.Time.Advance(TimeSpan.FromDays(8));
        (await app.Send(new PrepareJoining(app.Notes.AdministratorCode))).ShouldBeNull();
        var renewed = (await AgainAsync()).ShouldNotBeNull();
        renewed.RecoveryKey.ShouldBeEmpty();
        (await app.Send(new PrepareJoining(renewed.AdministratorCode))).ShouldNotBeNull().SignInName.ShouldBe("admin");

        await Recruiting.JoinWithAsync(app, renewed.AdministratorCode);
        app.Time.Advance(TimeSpan.FromDays(8));
        (await AgainAsync()).ShouldBeNull();
    }

    /// <summary>What another start prints.</summary>
    private async Task<InstallationNotes?> AgainAsync()
    {
        InstallationNotes? printed = null;
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Installation>().RunAsync(notes => printed = notes, TestContext.Current.CancellationToken);
        return printed;
    }
}

public sealed class InstallationOnSqliteTests(SqliteApplication app) : InstallationTests(app), IClassFixture<SqliteApplication>;

public sealed class InstallationOnPostgresTests(PostgresApplication app) : InstallationTests(app), IClassFixture<PostgresApplication>;
