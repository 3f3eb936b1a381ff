using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Report12350.Conflicts;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Retention;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Retention;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Notifications;

/// <summary>Nobody listens longer than they may, on whichever node they listen: the connection ends, and what is heard after coming back is what may be heard now.</summary>
public abstract class LiveListenersTests(ReportApplication app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Staff_hear_which_step_their_case_took_and_of_their_work_that_something_changed()
    {
        var (filed, other) = (await app.FileAsync(), await app.FileAsync());
        await using var atTheCase = await OpenPage.OfStaffAsync(app, (await app.As(Role.Dispatcher)).Pass, filed.Number);
        await using var elsewhere = await OpenPage.OfStaffAsync(app, (await app.As(Role.Officer, "yjglj")).Pass, filed.Number);

        await app.AcceptAsync(other);
        (await atTheCase.NextAsync()).ShouldBe(OpenPage.OnlySomething);
        await app.AcceptAsync(filed);

        (await atTheCase.NextStepAsync()).ShouldBe("[2]");
        elsewhere.Rest().ShouldBeEmpty("a case of another department");
    }

    [Fact]
    public Task Signed_out_in_another_tab() => EndsAsync("out", leaving => app.BrowserOf(leaving).SendFormAsync("/staff", [], "/staff/sign-out"));

    [Fact]
    public Task Ended_on_another_device() => EndsAsync("device", async leaving =>
    {
        app.Time.Advance(TimeSpan.FromSeconds(30));
        var here = new StaffHands(app, leaving.Id, leaving.Name, leaving.Password, leaving.TotpSecret,
            (await app.Send(new SignIn(leaving.Name, leaving.Password, app.CodeNow(leaving.TotpSecret)))).Pass!);
        await app.BrowserOf(here).SendFormAsync("/staff/sign-ins", [("session", $"{leaving.Pass.Id}")], "/staff/sign-ins?handler=End");
    });

    [Fact]
    public Task Ended_by_an_administrator() => EndsAsync("revoked", async leaving => await (await Recruiting.AdministratorAsync(app)).Send(new EndSignInsOf(leaving.Id)));

    [Fact]
    public Task Deactivated() => EndsAsync("deactivated", async leaving => await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(leaving.Id)));

    [Fact]
    public Task Moved_to_another_department() => EndsAsync("moved", leaving =>
        app.Read(db => db.Staff.Where(m => m.Id == leaving.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Department, "zjj"), Token)));

    [Fact]
    public Task Given_another_role() => EndsAsync("role", leaving =>
        app.Read(db => db.Staff.Where(m => m.Id == leaving.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.Roles, [Role.Dispatcher, Role.Auditor]), Token)));

    [Fact]
    public async Task Who_is_kept_out_of_a_matter_hears_nothing_more_of_it()
    {
        var filed = await app.FileAsync();
        var (kin, other) = (await app.As(Role.Dispatcher, person: "kin"), await app.As(Role.Dispatcher));
        await using var listening = await OpenPage.OfStaffAsync(app, kin.Pass, filed.Number);
        await using var untouched = await OpenPage.OfStaffAsync(app, other.Pass, filed.Number);

        var version = await app.VersionAsync(filed.Id);
        await other.Send(filed.Id, opened => new BlockOfficer(opened, version, kin.Id, "老板的亲属。"));
        await listening.ClosedAsync();
        await untouched.NextStepAsync();

        await using var again = await OpenPage.OfStaffAsync(app, kin.Pass, filed.Number);
        await app.AcceptAsync(filed);
        await untouched.NextStepAsync();
        (await again.NextAsync()).ShouldBe(OpenPage.OnlySomething);
        again.Rest().ShouldAllBe(said => said == OpenPage.OnlySomething);
    }

    [Fact]
    public async Task Who_supervised_a_report_hears_no_more_of_it_once_it_is_delisted()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        await Handling.ActAsync(app, await hands.Dispatcher, filed, (opened, version) => new ListForSupervision(opened, version, "重大隐患"));
        await using var listening = await OpenPage.OfStaffAsync(app, (await app.As(Role.Supervisor)).Pass, filed.Number);
        await using var atTheList = await OpenPage.OfStaffAsync(app, (await app.As(Role.Supervisor)).Pass);

        await Handling.ActAsync(app, await hands.Dispatcher, filed, (opened, version) => new DelistReport(opened, version, "已消除"));

        await listening.ClosedAsync();
        (await atTheList.NextAsync()).ShouldBe(OpenPage.OnlySomething);
    }

    [Fact]
    public async Task A_page_that_listens_and_reads_itself_again_does_not_keep_an_idle_session_alive()
    {
        var hands = await app.As(Role.Dispatcher, person: "idle");
        await using var listening = await OpenPage.OfStaffAsync(app, hands.Pass);
        app.Time.Advance(LiveSessions.Idle - TimeSpan.FromMinutes(5));
        await using var later = await OpenPage.OfStaffAsync(app, hands.Pass);
        using var live = new HttpRequestMessage(HttpMethod.Get, "/staff");
        live.Headers.Add("X-Live", "1");
        (await app.BrowserOf(hands).SendAsync(live, Token)).IsSuccessStatusCode.ShouldBeTrue();

        app.Time.Advance(TimeSpan.FromMinutes(5));

        await listening.ClosedAsync();
        await later.ClosedAsync();
    }

    [Fact]
    public async Task However_busy_the_session_it_ends_after_its_longest_time()
    {
        var hands = await app.As(Role.Dispatcher, person: "busy");
        await using var listening = await OpenPage.OfStaffAsync(app, hands.Pass);
        for (var worked = TimeSpan.Zero; worked < LiveSessions.Longest; worked += LiveSessions.Idle / 2)
        {
            (await app.Send(new ResumeSession(hands.Pass))).ShouldBeTrue();
            app.Time.Advance(LiveSessions.Idle / 2);
        }

        await listening.ClosedAsync();
    }

    [Fact]
    public async Task A_reporter_hears_until_the_pass_runs_out()
    {
        var filed = await app.FileAsync();
        await using var listening = await OpenPage.OfReporterAsync(app, filed);
        app.Time.Advance(TimeSpan.FromMinutes(Report12350.Confidentiality.ReportOpener.PassMinutes - 1));
        await using var signedInAnew = await OpenPage.OfReporterAsync(app, filed);

        app.Time.Advance(TimeSpan.FromMinutes(1));

        await listening.ClosedAsync();
        await app.AcceptAsync(filed);
        (await signedInAnew.NextStepAsync()).ShouldBe("[2]");
        listening.Rest().ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_an_erased_report_nobody_hears_any_more()
    {
        var (filed, kept) = (await app.FileAsync(), await app.FileAsync());
        await app.DeclineAsync(filed, DeclineReason.NoTargetOrFacts, "没有对象");
        await using var reporter = await OpenPage.OfReporterAsync(app, filed);
        await using var staff = await OpenPage.OfStaffAsync(app, (await app.As(Role.Dispatcher, person: "reader")).Pass, filed.Number);
        await using var another = await OpenPage.OfReporterAsync(app, kept);

        await (await app.As(Role.Dispatcher)).Send(new AskErasure(filed.Id, ErasureReason.ReporterAsked));
        await (await app.As(Role.Supervisor)).Send(new ConfirmErasure(filed.Id));
        (await app.Run().FinishAsync(Token)).ShouldBe(1);

        await reporter.ClosedAsync();
        await staff.ClosedAsync();
        await app.AcceptAsync(kept);
        (await another.NextStepAsync()).ShouldBe("[2]");
    }

    [Fact]
    public async Task However_many_listen_they_are_asked_after_at_once()
    {
        var filed = await app.FileAsync();
        var until = app.Time.GetUtcNow().AddMinutes(1);
        var person = new Person(Guid.NewGuid(), "awb", [Role.Dispatcher], Reexamines: false);
        Listening[] gone = [.. Enumerable.Range(0, 20_000).SelectMany<int, Listening>(_ => [new ReporterListening(ReportId.New(app.Time.GetUtcNow()), until), new StaffListening(Guid.NewGuid(), person, null)])];

        (await app.Send(new ListeningOver([new ReporterListening(filed.Id, until), .. gone]))).Count.ShouldBe(gone.Length);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_ends_no_connection_and_the_watch_goes_on()
    {
        var filed = await app.FileAsync();
        var leaving = await app.As(Role.Dispatcher, person: "gone");
        await using var listening = await OpenPage.OfStaffAsync(app, leaving.Pass, filed.Number);
        using var failed = new NotAsked(times: 2);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(failed);
        await app.Read(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"StaffSessions\" RENAME TO \"Away\"", Token));
        try
        {
            await failed.Often.WaitAsync(TimeSpan.FromSeconds(20), Token);
        }
        finally
        {
            await app.Read(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"StaffSessions\"", Token));
        }

        await app.AcceptAsync(filed);
        (await listening.NextStepAsync()).ShouldBe("[2]");
        await (await Recruiting.AdministratorAsync(app)).Send(new EndSignInsOf(leaving.Id));
        await listening.ClosedAsync();
    }

    /// <summary>Of two dispatchers at the same case, one is ended somehow: that one hears nothing more, the other goes on.</summary>
    private async Task EndsAsync(string person, Func<StaffHands, Task> end)
    {
        var filed = await app.FileAsync();
        var (leaving, staying) = (await app.As(Role.Dispatcher, person: person), await app.As(Role.Dispatcher));
        await using var ended = await OpenPage.OfStaffAsync(app, leaving.Pass, filed.Number);
        await using var open = await OpenPage.OfStaffAsync(app, staying.Pass, filed.Number);

        await end(leaving);

        await ended.ClosedAsync();
        await app.AcceptAsync(filed);
        (await open.NextStepAsync()).ShouldBe("[2]");
        ended.Rest().ShouldNotContain("[2]");
    }

    /// <summary>Hears in the log that the watch got no answer.</summary>
    private sealed class NotAsked(int times) : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource often = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int heard;

        public Task Often => often.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!formatter(state, exception).StartsWith("Whether open pages may still listen", StringComparison.Ordinal))
                return;
            exception.ShouldBeNull("the kind alone is logged");
            if (Interlocked.Increment(ref heard) == times)
                often.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}

public sealed class LiveListenersOnSqliteTests(SqliteApplication app) : LiveListenersTests(app), IClassFixture<SqliteApplication>;

public sealed class LiveListenersOnPostgresTests(PostgresApplication app) : LiveListenersTests(app), IClassFixture<PostgresApplication>;
