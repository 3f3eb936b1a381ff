using System.Text.RegularExpressions;
using OtpNet;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>The staff of the run; their passwords, second factors and sessions are marks.</summary>
internal sealed partial class MarkedStaff(ReportApplication app, Marks marks)
{
    private readonly HashSet<StaffHands> known = [];

    public async Task<StaffHands> As(Role role, string department = "awb", string person = "1")
    {
        var hands = await app.As(role, department, person);
        if (known.Add(hands))
            Keep(hands.Name, hands.Password, hands.TotpSecret, hands.Pass);
        return hands;
    }

    /// <summary>The paper of the installation.</summary>
    public void KeepPaper()
    {
        marks.Add("recovery key as printed", app.Notes.RecoveryKey);
        marks.Add("administrator's invitation", app.Notes.AdministratorCode);
        Report12350.Confidentiality.RecoveryCode.TryDecode(app.Notes.RecoveryKey, out var pair).ShouldBeTrue();
        marks.Add("recovery key", pair!.PrivateKey);
    }

    /// <summary>Joins and signs in at the pages, and gets the password wrong once.</summary>
    public async Task JoinAtThePagesAsync()
    {
        var administrator = await Recruiting.AdministratorAsync(app);
        var code = await administrator.Send(new InviteStaff("marked", "经办人", "zjj", [Role.Officer]));
        marks.Add("open invitation", await administrator.Send(new InviteStaff("waiting", "经办人", "zjj", [Role.Officer])));
        marks.Add("used invitation", code);
        var browser = app.Browser(followRedirects: false);
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Visitor.Agent);
        var page = await (await browser.SendFormAsync("/staff/join", [("Code", code)], "/staff/join?handler=Begin")).TextAsync();
        var secret = Secret().Match(page).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        var password = marks.Text("password");
        var joined = await (await browser.SendFormAsync("/staff/join",
            [("Kept", Kept().Match(page).Groups["kept"].Value), ("Password", password), ("Again", password), ("TotpCode", app.CodeNow(secret))], "/staff/join?handler=Join")).TextAsync();
        foreach (var recovery in RecoveryCode().Matches(joined).Select(found => found.Groups["code"].Value))
            marks.Add($"recovery code {recovery[..4]}", recovery);
        await browser.SignInAsync("marked", marks.Text("wrongpassword"), "000000");
        await browser.SignInAsync(marks.Text("wrongname"), password, "000000");
        var answer = await browser.SignInAsync("marked", password, app.CodeNow(secret));
        var cookie = answer.CookieIn("__Host-staff").ShouldNotBeNull().Split('=', 2)[1];
        Keep("marked", password, secret, SessionPass.Parse(cookie)!);
    }

    private void Keep(string name, string password, string secret, SessionPass pass)
    {
        marks.Add($"{name} password", password);
        marks.Add($"{name} TOTP secret as shown", secret);
        marks.Add($"{name} TOTP secret", Base32Encoding.ToBytes(secret));
        marks.Add($"{name} session cookie", pass.ToCookie());
        marks.Add($"{name} session key", pass.Key);
    }

    [GeneratedRegex("name=\"Kept\" value=\"(?<kept>[^\"]+)\"")]
    private static partial Regex Kept();

    [GeneratedRegex("<code>(?<code>[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})</code>")]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("<code>(?<secret>[A-Z2-7 ]+)</code>")]
    private static partial Regex Secret();
}
