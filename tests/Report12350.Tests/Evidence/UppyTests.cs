using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Report12350.Intake;
using Report12350.Tests.Architecture;
using Report12350.Tests.Bot;

namespace Report12350.Tests.Evidence;

/// <summary>Uppy, unmodified, against the site over HTTP; the protocol word by word is in <see cref="TusProtocolTests"/>.</summary>
public sealed class UppyTests(SqlitePort app) : IClassFixture<SqlitePort>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uppy_sends_a_file_pauses_and_goes_on_where_it_was_and_gives_another_up()
    {
        var pass = await app.Send(new StartDraft());
        byte[] film = [0, 0, 0, 24, .. "ftypmp42"u8, .. RandomNumberGenerator.GetBytes(400_000)];
        var path = Path.Combine(app.Folder, "现场.mp4");
        await File.WriteAllBytesAsync(path, film, Token);

        var said = await SendAsync($"__Host-draft={pass.ToCookie()}", path);

        said.ShouldContain("done 1");
        var file = (await app.Send(new ReadDraft(pass)))!.Content.Files.Values.ShouldHaveSingleItem();
        (file.Name, file.Length, file.Sha256).ShouldBe(("现场.mp4", (long)film.Length, Convert.ToHexStringLower(SHA256.HashData(film))));
        var (paused, on) = (said.IndexOf("paused true"), said.IndexOf("paused false"));
        var before = said.Take(paused).Last(line => line.StartsWith("PATCH 204", StringComparison.Ordinal)).Split(' ')[2];
        said.Skip(on).First(line => line.StartsWith("HEAD", StringComparison.Ordinal)).ShouldBe($"HEAD 200 {before}");
        said[^1].ShouldBe("DELETE 204 -");
        (await app.Read(db => db.EvidenceUploads.CountAsync(u => u.DraftId == pass.Id && !u.IsWhole))).ShouldBe(0);
    }

    private async Task<List<string>> SendAsync(string cookie, string path)
    {
        var here = Path.Combine(SourceFile.Root, "tests", "Report12350.Tests");
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(here, "Evidence", "uppy.mjs"), new Uri(app.Site, TusClient.Path).ToString(), cookie, path])
        {
            WorkingDirectory = here, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        var said = (await node.StandardOutput.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync(Token);
        return [.. said];
    }
}
