using System.Net;
using FluentValidation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Report12350.Domain.Access;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Staff;

/// <summary>Single sign-on against a real identity provider: there and back, then the password; and whatever may go wrong on the way.</summary>
public abstract class OpenIdSignInTests(ReportApplication app, Func<IdentityProvider> of) : IDisposable
{
    private const string SignInPage = "/staff/sign-in";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IdentityProvider Provider => of();

    public void Dispose()
    {
        (Provider.Account, Provider.Methods, Provider.Lie, Provider.IsStubborn) = ("", ["pwd"], null, false);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task After_the_provider_the_password_and_the_code_are_asked_for()
    {
        var hands = await LinkedAsync("happy");
        var browser = app.Browser(followRedirects: false);
        (await browser.ReadAsync(SignInPage)).ShouldContain("用单位统一身份认证登录");

        (await ReturnedAsync(browser)).Headers.Location!.ToString().ShouldBe(SignInPage);
        var page = await browser.ReadAsync(SignInPage);
        page.ShouldContain($"已认出您：{hands.Name}");
        page.ShouldNotContain("name=\"Name\"");
        page.ShouldContain("name=\"Code\"");
        (await browser.GetAsync("/staff", Token)).Headers.Location!.ToString().ShouldBe(SignInPage);

        (await SendAsync(browser, hands.Password, "")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, "another password", app.CodeNow(hands.TotpSecret))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, hands.Password, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
        (await browser.GetAsync("/staff", Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Read(db => db.Audit.CountAsync(a => a.Act == nameof(SignIn) && a.StaffId == hands.Id && a.Refused, Token))).ShouldBe(2);
    }

    [Fact]
    public async Task The_password_that_is_changed_is_the_one_of_this_site_and_the_account_stays_linked()
    {
        var hands = await LinkedAsync("changes");
        const string changed = "lychee ferry lantern ticket";
        using var inside = app.BrowserOf(hands);
        (await inside.ReadAsync("/staff/password")).ShouldContain("不是单位账号的密码");

        await inside.SendFormAsync("/staff/password", [("Current", hands.Password), ("Password", changed), ("Again", changed)]);

        var browser = app.Browser(followRedirects: false);
        await ReturnedAsync(browser);
        (await SendAsync(browser, hands.Password, app.CodeNow(hands.TotpSecret))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, changed, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task A_second_factor_the_provider_names_is_believed_when_it_is_configured_and_the_password_is_asked_all_the_same()
    {
        var hands = await LinkedAsync("factor");
        Provider.Methods = ["pwd", "mfa"];
        var browser = app.Browser(followRedirects: false);
        await ReturnedAsync(browser);

        (await browser.ReadAsync(SignInPage)).ShouldNotContain("name=\"Code\"");
        (await SendAsync(browser, "", "")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, hands.Password, "")).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task One_that_is_not_configured_is_not_believed()
    {
        var hands = await LinkedAsync("unbelieved");
        Provider.Methods = ["pwd", "sms"];
        var browser = app.Browser(followRedirects: false);
        await ReturnedAsync(browser);

        (await SendAsync(browser, hands.Password, "")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_account_that_is_linked_to_nobody_is_refused_audited_and_makes_nobody()
    {
        await LinkedAsync("known");
        var before = await app.Read(db => db.Staff.CountAsync(Token));
        Provider.Account = "somebody else";
        var browser = app.Browser(followRedirects: false);

        var returned = await ReturnedAsync(browser);

        returned.Headers.Location!.ToString().ShouldBe(SignInPage + "?account=unknown");
        returned.CookieIn("__Host-account").ShouldBeNull();
        (await browser.ReadAsync(SignInPage + "?account=unknown")).ShouldContain("没有关联到本站的任何人");
        (await app.Read(db => db.Staff.CountAsync(Token))).ShouldBe(before);
        (await app.Read(db => db.Audit.AnyAsync(a => a.Act == nameof(RecogniseAccount) && a.Refused, Token))).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_is_deactivated_does_not_come_in_by_their_account()
    {
        var hands = await LinkedAsync("left");
        await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(hands.Id));

        (await ReturnedAsync(app.Browser(followRedirects: false))).Headers.Location!.ToString().ShouldEndWith("unknown");

        var again = await app.As(Role.Auditor, person: "openid.back.again");
        await (await Recruiting.AdministratorAsync(app)).Send(new LinkAccount(again.Id, Provider.Account));
        (await ReturnedAsync(app.Browser(followRedirects: false))).Headers.Location!.ToString().ShouldBe(SignInPage);
    }

    [Fact]
    public async Task The_way_back_works_once_and_in_the_browser_that_went()
    {
        await LinkedAsync("replay");
        var browser = app.Browser(followRedirects: false);
        var back = await BackAsync(browser);

        Failed(await app.Browser(followRedirects: false).GetAsync(back, Token));
        (await browser.GetAsync(back, Token)).Headers.Location!.ToString().ShouldBe(SignInPage);
        Failed(await browser.GetAsync(back, Token));
        Failed(await browser.GetAsync("/staff/sign-in/back?code=x&state=y", Token));
        (await browser.ReadAsync(SignInPage + "?account=failed")).ShouldContain("没有完成");
    }

    [Theory]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("nonce")]
    [InlineData("expired")]
    public async Task A_token_that_is_not_for_us_from_them_and_now_is_refused(string what)
    {
        await LinkedAsync("token." + what);
        Provider.Lie = token => _ = what switch
        {
            "audience" => token.SetAudiences("another client"),
            "issuer" => token.SetClaim(OpenIddictConstants.Claims.Private.Issuer, "https://other.example/"),
            "nonce" => token.SetClaim(OpenIddictConstants.Claims.Nonce, "another nonce"),
            _ => token.SetCreationDate(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).SetExpirationDate(new DateTimeOffset(2020, 1, 2, 0, 0, 0, TimeSpan.Zero)),
        };

        Failed(await ReturnedAsync(app.Browser(followRedirects: false)));
    }

    [Fact]
    public async Task A_provider_that_hands_out_no_token_leaves_the_password_sign_in()
    {
        var hands = await LinkedAsync("stubborn");
        Provider.IsStubborn = true;
        var browser = app.Browser(followRedirects: false);

        Failed(await ReturnedAsync(browser));

        app.Time.Advance(TimeSpan.FromSeconds(30));
        (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
    }

    [Fact]
    public async Task After_five_minutes_or_by_choice_the_name_is_asked_again()
    {
        var hands = await LinkedAsync("late");
        var browser = app.Browser(followRedirects: false);
        await ReturnedAsync(browser);
        var token = Pages.TokenIn(await browser.ReadAsync(SignInPage));
        app.Time.Advance(TimeSpan.FromMinutes(5));
        var late = await browser.PostAsync(SignInPage + "?handler=Account", new FormUrlEncodedContent(
            [new("form-token", token), new("Password", hands.Password), new("Code", app.CodeNow(hands.TotpSecret))]), Token);
        (await late.TextAsync()).ShouldContain("认证已过 5 分钟");

        await ReturnedAsync(browser);
        (await browser.GetAsync(SignInPage + "?handler=byName", Token)).Headers.Location!.ToString().ShouldBe(SignInPage);
        (await browser.ReadAsync(SignInPage)).ShouldContain("name=\"Name\"");
    }

    [Fact]
    public async Task An_administrator_links_an_account_to_one_person_and_unlinks_it()
    {
        var hands = await LinkedAsync("linked");
        var other = await app.As(Role.Auditor, person: "openid.other");
        var administrator = await Recruiting.AdministratorAsync(app);
        var page = await app.BrowserOf(administrator).SendFormAsync($"/staff/people/link?staff={other.Id}", [("Account", Provider.Account)]);
        (await page.TextAsync()).ShouldContain("已经关联到另一个人");
        await Should.ThrowAsync<NotPermittedException>(() => hands.Send(new LinkAccount(hands.Id, "mine")));
        await Should.ThrowAsync<ValidationException>(() => administrator.Send(new LinkAccount(other.Id, new string('a', 256))));

        await app.BrowserOf(administrator).SendFormAsync($"/staff/people/link?staff={hands.Id}", [("Account", "")]);

        (await ReturnedAsync(app.Browser(followRedirects: false))).Headers.Location!.ToString().ShouldEndWith("unknown");
        (await app.Read(db => db.Audit.CountAsync(a => a.Act == nameof(LinkAccount) && a.StaffId == administrator.Id, Token))).ShouldBeGreaterThan(1);
    }

    private static void Failed(HttpResponseMessage answer)
    {
        answer.Headers.Location!.ToString().ShouldBe(SignInPage + "?account=failed");
        answer.CookieIn("__Host-account").ShouldBeNull();
    }

    private async Task<StaffHands> LinkedAsync(string person)
    {
        var hands = await app.As(Role.Auditor, person: "openid." + person);
        Provider.Account = "account of " + person;
        await (await Recruiting.AdministratorAsync(app)).Send(new LinkAccount(hands.Id, Provider.Account));
        app.Time.Advance(TimeSpan.FromSeconds(30));
        return hands;
    }

    /// <summary>Where the provider sends the browser back to.</summary>
    private static async Task<Uri> BackAsync(HttpClient browser)
    {
        var away = await browser.GetAsync(SignInPage + "?handler=openId", Token);
        away.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        away.Headers.Location!.Query.ShouldContain("code_challenge_method=S256");
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        return (await outside.GetAsync(away.Headers.Location, Token)).Headers.Location.ShouldNotBeNull();
    }

    private static async Task<HttpResponseMessage> ReturnedAsync(HttpClient browser) => await browser.GetAsync(await BackAsync(browser), Token);

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string password, string code) =>
        browser.SendFormAsync(SignInPage, [("Password", password), ("Code", code)], SignInPage + "?handler=Account");
}

public sealed class OpenIdSignInOnSqliteTests(OpenIdSqliteApplication app) : OpenIdSignInTests(app, () => app.Provider), IClassFixture<OpenIdSqliteApplication>;

public sealed class OpenIdSignInOnPostgresTests(OpenIdPostgresApplication app) : OpenIdSignInTests(app, () => app.Provider), IClassFixture<OpenIdPostgresApplication>;

/// <summary>The site when its identity provider does not answer.</summary>
public sealed class SilentProviderApplication : SqliteApplication
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseProvider(new Uri("http://127.0.0.1:9"));
    }
}

public sealed class OpenIdSilentTests(SilentProviderApplication app) : IClassFixture<SilentProviderApplication>
{
    [Fact]
    public async Task When_the_provider_does_not_answer_the_page_says_so_and_the_password_sign_in_works()
    {
        var hands = await app.As(Role.Auditor);
        var browser = app.Browser(followRedirects: false);

        (await browser.ReadAsync("/staff/sign-in?handler=openId")).ShouldContain("现在没有回应");

        app.Time.Advance(TimeSpan.FromSeconds(30));
        (await browser.SignInAsync(hands.Name, hands.Password, app.CodeNow(hands.TotpSecret))).Headers.Location!.ToString().ShouldBe("/staff");
    }
}

public sealed class OpenIdOffTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact]
    public async Task Unless_it_is_configured_there_is_none()
    {
        var browser = app.Browser(followRedirects: false);

        (await browser.ReadAsync("/staff/sign-in")).ShouldNotContain("handler=openId");
        (await browser.GetAsync("/staff/sign-in?handler=openId", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync("/staff/sign-in/back?code=x&state=y", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
