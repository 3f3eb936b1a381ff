using OtpNet;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>The site on a port of its own, beside an identity provider at another address.</summary>
public sealed class OpenIdSite : OpenIdSqliteApplication
{
    protected override bool OnAPort => true;
}

/// <summary>Single sign-on in a browser, over to the provider's own page and back: what is strict about cookies must let people come back.</summary>
public sealed class OpenIdPageTests(OpenIdSite app, Chromium chromium) : IClassFixture<OpenIdSite>, IClassFixture<Chromium>
{
    [Theory(Timeout = 600_000), InlineData(360, true), InlineData(1280, true), InlineData(360, false)]
    public async Task An_account_is_linked_and_then_signs_in_with_the_password(int width, bool script)
    {
        var administrator = await Recruiting.AdministratorAsync(app);
        var hands = await app.As(Role.Auditor, person: $"openid.{width}.{script}");
        (app.Provider.Account, app.Provider.Asks) = ($"account {width} {script}", true);
        await using var visitor = await chromium.VisitAsync(app.NamedSite, script: script, width: width, height: 800);
        await visitor.SignInAsync(app, administrator);
        await visitor.GoAsync($"/staff/people/link?staff={hands.Id}");
        await LookAsync(visitor, script, "people-link");
        await visitor.FillAsync("Account", app.Provider.Account);
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/staff/people");
        await visitor.Page.Locator("form[action='/staff/sign-out'] button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/staff/sign-in");
        await LookAsync(visitor, script, "sign-in-openid");

        await visitor.Page.Locator("a[href*=openId]").ClickAsync();
        await visitor.Page.Locator("#ok").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/staff/sign-in");
        (await visitor.Page.Locator("[name=Name]").CountAsync()).ShouldBe(0);
        await LookAsync(visitor, script, "sign-in-account");
        app.Time.Advance(TimeSpan.FromSeconds(30));
        await visitor.FillAsync("Password", hands.Password);
        await visitor.FillAsync("Code", new Totp(Base32Encoding.ToBytes(hands.TotpSecret)).ComputeTotp(app.Time.GetUtcNow().UtcDateTime));
        await visitor.ContinueAsync();
        await visitor.Page.WaitForURLAsync("**/staff");

        visitor.Findings.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
    }

    private static async Task LookAsync(Visitor visitor, bool script, string name)
    {
        if (script)
            await visitor.LookAsync(name);
    }
}
