using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;

namespace Report12350.Tests.Notifications;

public abstract class LiveProgressTests(ReportApplication app)
{
    [Fact]
    public async Task The_reporter_hears_that_something_changed_and_nothing_but_the_step()
    {
        var filed = await app.FileAsync();
        await using var listening = await ListenAsync(await app.TrackPassAsync(filed));

        await app.AcceptAsync(filed);

        (await listening.NextAsync()).ShouldBe("[2]");
    }

    [Fact]
    public async Task An_internal_note_pushes_nothing_to_the_reporter()
    {
        var filed = await app.FileAsync();
        await using var listening = await ListenAsync(await app.TrackPassAsync(filed));

        await app.NoteAsync(filed, "内部");
        await app.ReplyAsync(filed, "<p>给您回复</p>");

        (await listening.NextAsync()).ShouldBe("[3]");
    }

    [Fact]
    public async Task A_reporter_hears_nothing_of_another_report()
    {
        var own = await app.FileAsync();
        var other = await app.FileAsync();
        await using var listening = await ListenAsync(await app.TrackPassAsync(own));

        await app.AcceptAsync(other);
        await app.AcceptAsync(own);

        (await listening.NextAsync()).ShouldBe("[2]");
        listening.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task The_reporter_of_a_merged_report_follows_the_other_one()
    {
        var first = await app.FileAsync();
        var second = await app.FileAsync();
        await app.MergeAsync(second, first);
        await using var listening = await ListenAsync(await app.TrackPassAsync(second));

        await app.AcceptAsync(first);

        (await listening.NextAsync()).ShouldBe("[null]");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("__Host-track=AAAABBBB")]
    public async Task A_stranger_without_a_pass_is_refused(string? cookie)
    {
        var filed = await app.FileAsync();
        await using var listening = await ListenAsync(cookie, mayFail: true);

        await listening.ClosedAsync();
        await app.AcceptAsync(filed);
        listening.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_client_that_was_away_catches_up_by_reading_again()
    {
        var filed = await app.FileAsync();
        var browser = await app.ReporterAsync(filed);
        (await browser.ReadAsync("/track/report")).ShouldContain("data-step=\"1\"");
        await using (await ListenAsync(await app.TrackPassAsync(filed)))
        {
        }

        await app.AcceptAsync(filed);
        await app.ReplyAsync(filed, "<p>不在的时候写的</p>");
        await using var again = await ListenAsync(await app.TrackPassAsync(filed));

        var page = await browser.ReadAsync("/track/report");
        page.ShouldContain("data-step=\"3\"");
        page.ShouldContain("不在的时候写的");
    }

    private Task<OpenPage> ListenAsync(string? cookie, bool mayFail = false) => OpenPage.ListenAsync(app, "kind=report", cookie, mayFail);
}

public sealed class LiveProgressOnSqliteTests(SqliteApplication app) : LiveProgressTests(app), IClassFixture<SqliteApplication>;

public sealed class LiveProgressOnPostgresTests(PostgresApplication app) : LiveProgressTests(app), IClassFixture<PostgresApplication>;
