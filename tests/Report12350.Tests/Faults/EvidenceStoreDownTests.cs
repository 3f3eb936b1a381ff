using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Report12350.Intake;
using Report12350.Tests.Evidence;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Faults;

/// <summary>With its evidence in a blob store that can be stopped.</summary>
public sealed class BlobApplication : SqliteApplication
{
    public Azurite Azurite { get; } = new();

    protected override IAsyncLifetime Beside => Azurite;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Evidence:Store", "AzureBlob");
        builder.UseSetting("Evidence:Connection", Azurite.Connection);
    }
}

/// <summary>存储不可用: said clearly, nothing is lost, and all goes on once it answers.</summary>
public sealed class EvidenceStoreDownTests(BlobApplication app) : IClassFixture<BlobApplication>
{
    private const string Marker = "PLANTED-51ab-secret";

    [Fact]
    public async Task A_file_sent_while_the_store_stops_and_starts_again_goes_on_where_it_was()
    {
        var pass = await app.Send(new StartDraft());
        var client = TusClient.OfDraft(app, pass);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Marker, 100_000)));
        var upload = await client.CreateAsync(text.Length, "说明.txt");
        (await client.PatchAsync(upload, 0, text[..700_000])).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await app.Azurite.StopAsync();
        using (var refused = await client.PatchAsync(upload, 700_000, text[700_000..]))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            (await refused.TextAsync()).ShouldContain("稍后会自动接着传");
        }

        using (var browser = await FilingWalk.StartAsync(app, "/report/evidence"))
        {
            var answer = await browser.UploadAsync(browser.Token, "more", [("照片.png", FilingWalk.Png())]);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.TextAsync()).ShouldContain(SendingAgain.WordsFor("zh-CN").Title);
        }

        await app.Azurite.StartAsync();
        var kept = (int)await client.OffsetAsync(upload);
        kept.ShouldBe(700_000);
        (await client.PatchAsync(upload, kept, text[kept..])).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var file = (await app.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem();
        file.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text)));
        Directory.GetFiles(app.Azurite.Folder, "*", SearchOption.AllDirectories).Where(f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Marker)) >= 0)
            .ShouldBeEmpty();
        Directory.Exists(Path.Combine(app.Folder, "evidence")).ShouldBeFalse();
    }
}
