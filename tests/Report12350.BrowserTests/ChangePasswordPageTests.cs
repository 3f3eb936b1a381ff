using Report12350.Domain.Access;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>One's own password changed: without script, on a phone and on a desk.</summary>
public sealed class ChangePasswordPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    private const string New = "lychee ferry lantern ticket";

    [Theory(Timeout = 600_000), InlineData(360, true), InlineData(1280, true), InlineData(360, false)]
    public async Task The_password_is_changed_and_the_new_one_signs_in(int width, bool script)
    {
        var hands = await app.As(Role.Auditor, person: $"password.{width}.{script}");
        await using var visitor = await chromium.VisitAsync(app.Site, script: script, width: width, height: 800);
        await visitor.SignInAsync(app, hands);
        await visitor.GoAsync("/staff/sign-ins");
        await visitor.Page.Locator("a[href='/staff/password']").ClickAsync();
        await LookAsync(visitor, script, "password");

        await SendAsync(visitor, "not the password", New);
        (await visitor.Page.Locator(".error-summary").CountAsync()).ShouldBe(1);
        await LookAsync(visitor, script, "password-refused");
        await SendAsync(visitor, hands.Password, "short");
        await LookAsync(visitor, script, "password-short");
        app.Time.Advance(TimeSpan.FromMinutes(6));
        await SendAsync(visitor, hands.Password, New);
        await visitor.FillAsync("StepUpCode", Recruiting.CodeOf(app, hands.TotpSecret));
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/staff/sign-ins");
        await visitor.Page.GetByText("密码已改").WaitForAsync();
        await LookAsync(visitor, script, "sign-ins-password-changed");

        await visitor.Page.Locator("form[action='/staff/sign-out'] button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/staff/sign-in");
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await visitor.SignInAsync(hands.Name, New, OtpNet.Base32Encoding.ToBytes(hands.TotpSecret), app.Time.GetUtcNow());
        visitor.Findings.ShouldBeEmpty();
        visitor.Complaints.Where(complaint => !complaint.Contains("403", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task SendAsync(Visitor visitor, string current, string password)
    {
        await visitor.FillAsync("Current", current);
        await visitor.FillAsync("Password", password);
        await visitor.FillAsync("Again", password);
        await visitor.ContinueAsync();
    }

    private static async Task LookAsync(Visitor visitor, bool script, string name)
    {
        if (script)
            await visitor.LookAsync(name);
    }
}
