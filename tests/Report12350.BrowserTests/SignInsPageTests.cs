using OtpNet;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>Own sign-ins, the second factor asked for anew, and recovery codes: without script, on a phone and on a desk.</summary>
public sealed class SignInsPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    [Theory(Timeout = 600_000), InlineData(360, true), InlineData(1280, true), InlineData(360, false)]
    public async Task New_recovery_codes_are_made_after_the_code_is_typed_anew(int width, bool script)
    {
        var hands = await app.As(Role.Administrator, person: $"{width}.{script}");
        await using var visitor = await chromium.VisitAsync(app.Site, script: script, width: width, height: 800);
        await visitor.SignInAsync(app, hands);
        await visitor.GoAsync("/staff/sign-ins");
        await LookAsync(visitor, script, "sign-ins");
        await visitor.GoAsync("/staff/people");
        await LookAsync(visitor, script, "people-end-sign-ins");
        await visitor.GoAsync("/staff/sign-ins");
        app.Time.Advance(TimeSpan.FromMinutes(6));

        await visitor.Page.Locator("form[action$=Renew] button").ClickAsync();
        await LookAsync(visitor, script, "step-up");
        await visitor.FillAsync("StepUpCode", "000000");
        await visitor.ContinueAsync();
        await LookAsync(visitor, script, "step-up-refused");
        await visitor.FillAsync("StepUpCode", new Totp(Base32Encoding.ToBytes(hands.TotpSecret)).ComputeTotp(app.Time.GetUtcNow().UtcDateTime));
        await visitor.ContinueAsync();

        (await visitor.Page.Locator(".recovery-codes code").CountAsync()).ShouldBe(10);
        await LookAsync(visitor, script, "recovery-codes");
        visitor.Findings.ShouldBeEmpty();
    }

    private static async Task LookAsync(Visitor visitor, bool script, string name)
    {
        if (script)
            await visitor.LookAsync(name);
    }
}
