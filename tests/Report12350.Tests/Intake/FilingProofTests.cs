using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Intake;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;
using Report12350.Web;

namespace Report12350.Tests.Intake;

/// <summary>The filing proof, from the page after filing and from the receipt, checked by page, by command and by hand.</summary>
public abstract class FilingProofTests(ReportApplication app)
{
    private string PublicKey => app.Services.GetRequiredService<SiteSignature>().PublicKey;

    [Fact]
    public async Task After_filing_and_with_the_receipt_it_is_the_same_text_and_genuine()
    {
        using var browser = await (await FilingWalk.StartAsync(app, "/report/evidence")).FileAsync();
        var (number, receipt) = (FilingWalk.NumberOf(browser), FilingWalk.ReceiptOf(browser));
        var answer = await browser.Client.GetAsync("/report/done?handler=Proof", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=filing-proof.txt;");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var proof = await answer.TextAsync();

        var finding = FilingProof.Check(proof, PublicKey);
        (finding.State, finding.Number, finding.Filed).ShouldBe((FilingProofState.Genuine, number, "2026-03-02T01:00:00Z"));
        foreach (var said in (string[])[receipt, receipt[..10], FilingWalk.Narrative, "某餐馆", "gas", "gongping"])
            proof.ShouldNotContain(said);

        var reporter = await app.ReporterAsync(new Filed(default, number, receipt, null));
        (await reporter.ReadAsync("/track/report?handler=Proof")).ShouldBe(proof);
        (await reporter.ReadAsync("/track/report")).ShouldContain("/track/report?handler=Proof");
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        await app.FileAsync();
        var stranger = app.Browser(followRedirects: false);
        (await stranger.GetAsync("/report/done?handler=Proof", TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/report/expired");
        (await stranger.GetAsync("/track/report?handler=Proof", TestContext.Current.CancellationToken)).Headers.Location!.ToString().ShouldBe("/track");
    }

    [Fact]
    public async Task Whatever_sign_of_it_is_changed_it_is_genuine_no_more()
    {
        var proof = await ProofOfAsync(await app.FileAsync());
        FilingProof.Check(proof.ReplaceLineEndings("\r\n"), PublicKey).State.ShouldBe(FilingProofState.Genuine, "a mail programme does that");
        for (var at = 0; at < proof.TrimEnd().Length; at++)
        {
            foreach (var other in (char[])['0', 'A', ' ', '\n'])
            {
                var changed = $"{proof[..at]}{other}{proof[(at + 1)..]}";
                if (changed != proof)
                    FilingProof.Check(changed, PublicKey).State.ShouldNotBe(FilingProofState.Genuine, $"sign {at} became {(int)other}");
            }

            FilingProof.Check(proof.Remove(at, 1), PublicKey).State.ShouldNotBe(FilingProofState.Genuine, $"sign {at} left out");
        }
    }

    [Fact]
    public async Task Another_site_cannot_sign_in_our_name()
    {
        var proof = await ProofOfAsync(await app.FileAsync());
        using var foreign = new TempRing();
        using var other = new SiteSignature(foreign.Ring);
        FilingProof.Check(proof, other.PublicKey).State.ShouldBe(FilingProofState.OtherKey);
        var theirs = SignedStatement.Write(other, FilingProof.Title, ("number", "20260000017"), ("filed", "2026-03-02T01:00:00Z"), ("content", new string('0', 64)));
        FilingProof.Check(theirs.Replace(other.KeyId, SiteSignature.IdOf(PublicKey), StringComparison.Ordinal), PublicKey).State.ShouldBe(FilingProofState.Altered);
        var audit = SignedStatement.Write(app.Services.GetRequiredService<SiteSignature>(), "Report12350 audit checkpoint 1", ("number", "1"), ("filed", "x"), ("content", "x"));
        FilingProof.Check(audit, PublicKey).State.ShouldBe(FilingProofState.NotAProof, "signed by us for something else");
    }

    [Fact]
    public async Task The_fingerprint_covers_words_and_files_and_tells_nothing()
    {
        var plain = Fingerprint(await ProofOfAsync(await app.FileAsync()));
        Fingerprint(await ProofOfAsync(await app.FileAsync())).ShouldNotBe(plain, "the same words in another report");

        var hash = new string('a', 64);
        var key = ContentKey.Generate();
        var place = new Place("Reports", "SealedContent", "1");
        byte[] Of(string narrative, params string[] files) =>
            key.Fingerprint(key.SealJson(new ReportAnswers { Narrative = narrative, FileHashes = [.. files] }, place), place);
        Of("甲", hash).ShouldBe(Of("甲", hash), "sealed anew it is the same");
        new[] { Of("甲"), Of("乙"), Of("甲", hash), Of("甲", hash, hash) }.Select(Convert.ToHexString).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Files_sent_with_the_report_are_in_it()
    {
        using var browser = await FilingWalk.StartAsync(app, "/report/evidence");
        await browser.UploadAsync("next", ("现场.png", FilingWalk.Png("1")));
        await browser.FileAsync();
        var opened = await app.OpenAsync(FilingWalk.ReceiptOf(browser));
        var said = opened.Content<ReportAnswers>(await app.ReportAsync(opened.Id));
        said.FileHashes.ShouldBe([Convert.ToHexStringLower(SHA256.HashData(await FilingWalk.Png("1").ReadAsByteArrayAsync(TestContext.Current.CancellationToken)))]);
    }

    [Fact]
    public async Task The_page_says_without_script_what_it_found_and_keeps_the_text()
    {
        var proof = await ProofOfAsync(await app.FileAsync());
        using var browser = await new FilingBrowser(app).OpenAsync("/verify-proof");
        await browser.SendAsync(("Proof", proof));
        browser.Text.ShouldContain("是真的：由本站签名");
        browser.Text.ShouldContain("2026-03-02 09:00:00");

        var forged = proof.Replace("filed: 2026", "filed: 2025", StringComparison.Ordinal);
        await browser.SendAsync(("Proof", forged));
        browser.Text.ShouldContain("不是真的");
        browser.ValueOf("Proof")!.Trim().ReplaceLineEndings("\n").ShouldBe(forged.Trim());
        browser.Page.QuerySelector("#proof-finding dl")!.HasAttribute("hidden").ShouldBeTrue("a forged number is not shown as if it were one");

        await browser.SendAsync(("Proof", ""));
        browser.ErrorOf("Proof").ShouldBe("请粘贴证明全文");
    }

    [Fact]
    public async Task The_command_checks_a_file_with_the_sites_key_or_with_a_published_one()
    {
        var file = Path.Combine(app.Folder, "proof.txt");
        var proof = await ProofOfAsync(await app.FileAsync());
        await File.WriteAllTextAsync(file, proof, TestContext.Current.CancellationToken);
        var nowhere = ("Data:Folder", Path.Combine(app.Folder, "no-site-here"));
        (await RunAsync(file, ("Data:Folder", app.Folder))).ShouldStartWith("0 Genuine");
        (await RunAsync(file, nowhere, ("key", PublicKey))).ShouldStartWith("0 Genuine");
        (await RunAsync(file, nowhere)).ShouldStartWith("2 No key ring");
        (await RunAsync(file, nowhere, ("key", "not a key"))).ShouldStartWith("1 Cannot be checked");
        (await RunAsync(file + ".none", nowhere, ("key", PublicKey))).ShouldStartWith("2 ");

        await File.WriteAllTextAsync(file, proof.Replace("number: 2", "number: 3", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await RunAsync(file, nowhere, ("key", PublicKey))).ShouldStartWith("1 Not genuine");
        await File.WriteAllTextAsync(file, new string('x', 100_000), TestContext.Current.CancellationToken);
        (await RunAsync(file, nowhere, ("key", PublicKey))).ShouldStartWith("1 This is not a whole filing proof");
    }

    private static string Fingerprint(string proof) => SignedStatement.Parse(proof)!["content"]!;

    private async Task<string> ProofOfAsync(Filed filed) => await (await app.ReporterAsync(filed)).ReadAsync("/track/report?handler=Proof");

    private async Task<string> RunAsync(string file, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
        await using var print = new StringWriter();
        var code = await CommandLine.RunAsync("verify-proof", new CommandCall([file], configuration, print, app.Time));
        return $"{code} {print}";
    }
}

public sealed class FilingProofOnSqliteTests(SqliteApplication app) : FilingProofTests(app), IClassFixture<SqliteApplication>;

public sealed class FilingProofOnPostgresTests(PostgresApplication app) : FilingProofTests(app), IClassFixture<PostgresApplication>;
