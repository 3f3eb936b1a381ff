using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;

namespace Report12350.Tests.Console;

/// <summary>Files sent with an act of staff: sealed as they come in, gone from where they waited when the act is done or refused.</summary>
public abstract class CaseFilesTests(ReportApplication app)
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_sent_with_an_act_are_kept_as_they_were_and_nothing_is_left_waiting()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var browser = app.BrowserOf(await hands.Officer);
        var before = Stored();
        var large = string.Concat(Enumerable.Repeat("现场记录。\n", 200_000));

        var answer = await SendAsync(browser, filed, ("笔录.txt", System.Text.Encoding.UTF8.GetBytes(large)), ("现场.png", CaseHands.Photograph));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Stored().ShouldBe(before + 4, "each with its working copy");
        var files = await app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == filed.Id).Select(f => f.Id).ToListAsync());
        var read = await Task.WhenAll(files.Select(id => browser.GetByteArrayAsync($"/files/{id}", Token)));
        read.Select(System.Text.Encoding.UTF8.GetString).ShouldContain(large);
        read.Count(bytes => bytes[..3].SequenceEqual(Jpeg)).ShouldBe(1, "the photograph, drawn anew with its mark");
    }

    [Fact]
    public async Task A_refused_act_or_a_strangers_form_leaves_no_file()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var browser = app.BrowserOf(await hands.Officer);
        var before = Stored();

        (await SendAsync(browser, filed, ("empty.txt", []))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(browser, filed, [.. Enumerable.Range(0, app.Profile.Uploads.MaxFiles + 1).Select(i => ($"{i}.png", CaseHands.Photograph))]))
            .StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var stranger = Form("wrong", 1, ("现场.png", CaseHands.Photograph));
        (await browser.PostAsync($"/staff/reports/{filed.Number}?handler=AddEvidence", stranger, Token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        Stored().ShouldBe(before);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient browser, Filed filed, params (string Name, byte[] Bytes)[] files)
    {
        var page = $"/staff/reports/{filed.Number}";
        using var form = Form(Pages.TokenIn(await browser.ReadAsync(page)), await app.VersionAsync(filed.Id), files);
        return await browser.PostAsync($"{page}?handler=AddEvidence", form, Token);
    }

    private static MultipartFormDataContent Form(string token, int version, params (string Name, byte[] Bytes)[] files)
    {
        MultipartFormDataContent form = new()
        {
            { new StringContent(version.ToString(CultureInfo.InvariantCulture)), "Version" },
            { new StringContent("Verification"), "Form.AddEvidence.Purpose" },
        };
        foreach (var (name, bytes) in files)
            form.Add(new ByteArrayContent(bytes), "Form.AddEvidence.Files", name);
        form.Add(new StringContent(token), "form-token");
        return form;
    }

    private int Stored() => Directory.GetFiles(Directory.CreateDirectory(Path.Combine(app.Folder, "evidence")).FullName, "*", SearchOption.AllDirectories).Length;
}

public sealed class CaseFilesOnSqliteTests(SqliteApplication app) : CaseFilesTests(app), IClassFixture<SqliteApplication>;

public sealed class CaseFilesOnPostgresTests(PostgresApplication app) : CaseFilesTests(app), IClassFixture<PostgresApplication>;
