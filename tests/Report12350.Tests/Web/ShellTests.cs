using System.Net;
using System.Text.RegularExpressions;

namespace Report12350.Tests.Web;

public sealed partial class ShellTests(ShellHost host) : IClassFixture<ShellHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/safe")]
    [InlineData("/keep")]
    [InlineData("/leave")]
    public async Task A_public_page_opens_in_both_languages(string path)
    {
        (await host.Visitor().GetStringAsync(path, Token)).ShouldContain("<html lang=\"zh-CN\"");
        (await host.Visitor("lang=en").GetStringAsync(path, Token)).ShouldContain("<html lang=\"en\"");
    }

    [Fact]
    public async Task The_large_type_is_kept() =>
        (await host.Visitor("display=elder").GetStringAsync("/", Token)).ShouldContain("class=\"elder\"");

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    public async Task Every_page_names_no_other_origin_and_is_not_kept(string path)
    {
        var answer = await host.Visitor().GetAsync(path, Token);

        Header(answer, "Content-Security-Policy").ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self'");
        Header(answer, "Content-Security-Policy").ShouldNotContain("unsafe");
        Header(answer, "Referrer-Policy").ShouldBe("no-referrer");
        Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(answer, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header(answer, "Cache-Control").ShouldBe("no-store");
    }

    [Fact]
    public async Task No_page_carries_inline_script_or_style()
    {
        var page = await host.Visitor().GetStringAsync("/", Token);

        InlineCode().IsMatch(page).ShouldBeFalse();
    }

    [Fact]
    public async Task Style_sheet_and_scripts_are_served()
    {
        var page = await host.Visitor().GetStringAsync("/", Token);
        var paths = OwnFiles().Matches(page).Select(m => m.Groups["path"].Value).ToList();

        paths.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var path in paths.Append("/lib/signalr.min.js"))
        {
            (await host.Visitor().GetByteArrayAsync(path, Token)).Length.ShouldBeGreaterThan(100, path);
        }
    }

    [Fact]
    public async Task The_first_page_with_all_it_loads_stays_under_sixty_kilobytes()
    {
        var page = await host.Visitor().GetStringAsync("/", Token);
        var bytes = System.Text.Encoding.UTF8.GetByteCount(page);
        foreach (Match match in OwnFiles().Matches(page))
        {
            bytes += (await host.Visitor().GetByteArrayAsync(match.Groups["path"].Value, Token)).Length;
        }

        bytes.ShouldBeLessThan(60_000);
    }

    [Fact]
    public async Task An_unknown_address_is_answered_in_plain_words()
    {
        var answer = await host.Visitor().GetAsync("/no-such-page", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("没有这个页面");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var answer = await host.Visitor().PostAsync("/language", Form(("lang", "en")), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Changing_the_language_never_leads_to_another_site()
    {
        var answer = await Post("/language", ("lang", "en"), ("back", "https://elsewhere.example/"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        answer.Headers.GetValues("Set-Cookie").ShouldContain(c => c.StartsWith("lang=en;") && c.Contains("secure"));
    }

    [Fact]
    public async Task Leaving_ends_every_cookie_and_clears_the_browser()
    {
        var answer = await host.Visitor("__Host-track=x; __Host-draft=y").PostAsync("/leave", Form(), Token);

        Header(answer, "Clear-Site-Data").ShouldContain("cookies");
        answer.Headers.GetValues("Set-Cookie").Count(c => c.Contains("1970")).ShouldBe(2);
    }

    private async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        var page = await host.Visitor().GetAsync("/", Token);
        var cookie = page.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("__Host-form=", StringComparison.Ordinal)).Split(';')[0];
        var token = FormToken().Match(await page.Content.ReadAsStringAsync(Token)).Groups["token"].Value;
        return await host.Visitor(cookie).PostAsync(path, Form([.. fields, ("form-token", token)]), Token);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static string Header(HttpResponseMessage answer, string name) => string.Join(' ', answer.Headers.GetValues(name));

    [GeneratedRegex("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*src=)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex("(href|src)=\"(?<path>/[^\"]+\\.(?:css|js|svg))\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnFiles();

    [GeneratedRegex("form-token\" type=\"hidden\" value=\"(?<token>[^\"]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();
}
