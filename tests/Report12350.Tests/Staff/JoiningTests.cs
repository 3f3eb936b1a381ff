using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

public abstract partial class JoiningTests(ReportApplication app)
{
    private const string Join = "/staff/join";
    private const string Password = "four plain words here";

    [Fact]
    public async Task On_the_first_start_the_administrator_joins_with_the_printed_invitation()
    {
        var browser = app.Browser(followRedirects: false);
        (await browser.ReadAsync("/staff/sign-in")).ShouldContain("首次启动，还没有管理员");

        var (kept, secret) = await BeginAsync(browser, app.Notes.AdministratorCode);
        var joined = await (await EndAsync(browser, kept, Password, Password, app.CodeNow(secret))).TextAsync();
        RecoveryCode().Count(joined).ShouldBe(10);

        (await browser.ReadAsync("/staff/sign-in")).ShouldNotContain("首次启动");
        (await browser.SignInAsync("admin", Password, app.CodeNow(secret))).Headers.Location!.ToString().ShouldBe("/staff");
        await RestAsync(browser, secret);
    }

    /// <summary>What only an administrator can start; one fixture has one first administrator.</summary>
    private async Task RestAsync(HttpClient browser, string secret)
    {
        var code = await InvitedAsync(browser, "chen.li");
        var joining = app.Browser(followRedirects: false);
        var (kept, own) = await BeginAsync(joining, code.ToLowerInvariant());

        (await (await EndAsync(joining, kept, "short", "short", app.CodeNow(own))).TextAsync()).ShouldContain("密码至少 12 个字");
        (await (await EndAsync(joining, kept, Password, Password + "!", app.CodeNow(own))).TextAsync()).ShouldContain("两次输入的密码不一样");
        (await (await EndAsync(joining, kept, Password, Password, "000000")).TextAsync()).ShouldContain("6 位数字不对");
        (await (await EndAsync(joining, "AAAA", Password, Password, app.CodeNow(own))).TextAsync()).ShouldContain("这一页放得太久了");
        (await app.Read(db => db.Staff.AnyAsync(m => m.SignInName == "chen.li"))).ShouldBeFalse();

        foreach (var guessed in (string[])["woaini1314520", "P@ssw0rd12350!", "chen.li-2026-03"])
            (await (await EndAsync(joining, kept, guessed, guessed, app.CodeNow(own))).TextAsync()).ShouldContain("这个密码太容易猜");
        (await (await EndAsync(joining, kept, Password, Password, app.CodeNow(own))).TextAsync()).ShouldContain("已加入");
        (await (await EndAsync(joining, kept, Password, Password, app.CodeNow(own))).TextAsync()).ShouldContain("邀请码不对，或者已经过期、已经用过");

        var first = await InvitedAsync(browser, "wang");
        var second = await InvitedAsync(browser, "wang");
        (await app.Send(new PrepareJoining(first))).ShouldBeNull();
        (await app.Send(new PrepareJoining(second))).ShouldNotBeNull();
        app.Time.Advance(TimeSpan.FromDays(8));
        (await app.Send(new PrepareJoining(second))).ShouldBeNull();
        secret.ShouldNotBe(own);
    }

    [Theory]
    [InlineData("", "请输入邀请码")]
    [InlineData("AAAAA-AAAAA-AAAAA-AAAAA", "邀请码不对，或者已经过期")]
    public async Task A_code_that_invites_nobody_is_refused(string code, string words)
    {
        var answer = await app.Browser().SendFormAsync(Join, [("Code", code)], Join + "?handler=Begin");

        (await answer.TextAsync()).ShouldContain(words);
    }

    private async Task<(string Kept, string Secret)> BeginAsync(HttpClient browser, string code)
    {
        var page = await (await browser.SendFormAsync(Join, [("Code", code)], Join + "?handler=Begin")).TextAsync();
        page.ShouldContain("<svg class=\"qr\"");
        return (Kept().Match(page).Groups["kept"].Value, Secret().Match(page).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> EndAsync(HttpClient browser, string kept, string password, string again, string code) =>
        browser.SendFormAsync(Join, [("Kept", kept), ("Password", password), ("Again", again), ("TotpCode", code)], Join + "?handler=Join");

    private static async Task<string> InvitedAsync(HttpClient browser, string name)
    {
        var answer = await browser.SendFormAsync("/staff/people/invite",
            [("SignInName", name), ("DisplayName", "陈丽"), ("Department", "zjj"), ("Roles", nameof(Role.Officer))]);
        return Invitation().Match(await answer.TextAsync()).Value;
    }

    [GeneratedRegex("name=\"Kept\" value=\"(?<kept>[^\"]+)\"")]
    private static partial Regex Kept();

    [GeneratedRegex("<code>(?<secret>[A-Z2-7 ]+)</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("<code>[2-9A-Z]{4}(-[2-9A-Z]{4}){2}</code>", RegexOptions.ExplicitCapture)]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("[2-9A-Z]{5}(-[2-9A-Z]{5}){3}")]
    private static partial Regex Invitation();
}

public sealed class JoiningOnSqliteTests(SqliteApplication app) : JoiningTests(app), IClassFixture<SqliteApplication>;

public sealed class JoiningOnPostgresTests(PostgresApplication app) : JoiningTests(app), IClassFixture<PostgresApplication>;
