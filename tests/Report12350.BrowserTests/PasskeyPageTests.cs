using System.Net;
using Microsoft.Playwright;
using OtpNet;
using Report12350.Domain.Access;
using Report12350.Tests.Hosting;

namespace Report12350.BrowserTests;

/// <summary>Passkeys with Chromium's own virtual device: added, used to sign in and to confirm, refused elsewhere and twice, removed.</summary>
public sealed class PasskeyPageTests(SqliteSite app, Chromium chromium) : IClassFixture<SqliteSite>, IClassFixture<Chromium>
{
    [Theory(Timeout = 600_000), InlineData(360), InlineData(1280)]
    public async Task A_passkey_is_added_used_and_removed(int width)
    {
        var hands = await app.As(Role.Auditor, person: $"passkey.{width}");
        await using var visitor = await chromium.VisitAsync(app.NamedSite, width: width, height: 800);
        await AddDeviceAsync(visitor);
        var answers = AnswersOf(visitor);
        await visitor.SignInAsync(app, hands);
        await visitor.GoAsync("/staff/passkeys");
        await visitor.LookAsync("passkeys-none");
        await visitor.Page.Locator("form[action$=Begin] button").ClickAsync();
        (await visitor.Page.Locator(".error-summary").CountAsync()).ShouldBe(1);
        await visitor.Page.Locator("form[action$=Begin] [name=Name]").FillAsync("办公室电脑");
        await visitor.Page.Locator("form[action$=Begin] button").ClickAsync();
        await visitor.LookAsync("passkeys-touch");
        await UseAsync(visitor);
        await visitor.Page.GetByText("通行密钥已添加").WaitForAsync();
        await visitor.LookAsync("passkeys");

        await SignOutAsync(visitor);
        await visitor.LookAsync("sign-in-passkey");
        await EnterAsync(visitor, hands);
        await visitor.Page.WaitForURLAsync("**/staff");

        app.Time.Advance(TimeSpan.FromMinutes(6));
        await visitor.GoAsync("/staff/sign-ins");
        await visitor.Page.Locator("form[action$=Renew] button").ClickAsync();
        await visitor.LookAsync("step-up-passkey");
        await UseAsync(visitor);
        await visitor.Page.Locator(".recovery-codes").WaitForAsync();

        await SignOutAsync(visitor);
        await visitor.FillAsync("Name", hands.Name);
        await visitor.FillAsync("Password", hands.Password);
        await visitor.Page.EvaluateAsync("old => { const form = document.querySelector('form[data-passkey]'); form.elements.Passkey.value = old; form.submit(); }", answers[1]);
        await visitor.Page.Locator(".error-summary").WaitForAsync();

        await RemoveAsync(visitor, hands);
        await SignOutAsync(visitor);
        await EnterAsync(visitor, hands);
        await visitor.Page.Locator(".error-summary").WaitForAsync();
        await visitor.SignInAsync(app, hands);
        visitor.Findings.ShouldBeEmpty();
        visitor.Complaints.Where(complaint => !complaint.Contains("403", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task At_another_address_the_browser_itself_refuses_and_the_page_says_what_else_there_is()
    {
        await using var visitor = await chromium.VisitAsync(app.Site);
        await AddDeviceAsync(visitor);
        await visitor.GoAsync("/staff/sign-in");

        await UseAsync(visitor);

        await visitor.Page.GetByText("设备没有完成验证").WaitForAsync();
        await visitor.LookAsync("sign-in-passkey-failed");
        visitor.Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_script_the_page_says_so_and_shows_no_button()
    {
        await using var visitor = await chromium.VisitAsync(app.NamedSite, script: false);
        await visitor.GoAsync("/");

        await visitor.GoAsync("/staff/sign-in");

        (await visitor.Page.Locator("noscript").First.TextContentAsync()).ShouldNotBeNull().ShouldContain("通行密钥需要浏览器脚本");
        (await visitor.Page.Locator("[data-use]").IsVisibleAsync()).ShouldBeFalse();
    }

    private static async Task AddDeviceAsync(Visitor visitor)
    {
        var browser = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    /// <summary>What the device answered, as the browser sends it.</summary>
    private static List<string> AnswersOf(Visitor visitor)
    {
        List<string> answers = [];
        visitor.Page.Request += (_, request) =>
        {
            if (request.PostData?.Split('&').FirstOrDefault(field => field.StartsWith("Passkey=", StringComparison.Ordinal)) is { Length: > 8 } field)
                answers.Add(WebUtility.UrlDecode(field[8..]));
        };
        return answers;
    }

    private static Task UseAsync(Visitor visitor) => visitor.Page.Locator("[data-use]").ClickAsync();

    private static async Task EnterAsync(Visitor visitor, StaffHands hands)
    {
        await visitor.FillAsync("Name", hands.Name);
        await visitor.FillAsync("Password", hands.Password);
        await UseAsync(visitor);
    }

    private static async Task SignOutAsync(Visitor visitor)
    {
        await visitor.Page.Locator("form[action='/staff/sign-out'] button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/staff/sign-in");
    }

    private async Task RemoveAsync(Visitor visitor, StaffHands hands)
    {
        await visitor.SignInAsync(app, hands);
        await visitor.GoAsync("/staff/passkeys");
        await visitor.Page.Locator("form[action$=Remove] button").ClickAsync();
        await visitor.Page.GetByText("通行密钥已移除").WaitForAsync();
    }
}
