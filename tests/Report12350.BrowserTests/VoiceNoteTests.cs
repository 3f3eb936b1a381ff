using Microsoft.Playwright;
using Report12350.Confidentiality;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace Report12350.BrowserTests;

/// <summary>With a microphone that beeps.</summary>
public sealed class BeepingChromium : Chromium
{
    protected override string[] More => ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
}

/// <summary>A voice note on a phone: recorded by keyboard, heard, deleted, sent like any file; changed before anything keeps it.</summary>
public sealed class VoiceNoteTests(SqliteSite app, BeepingChromium chromium) : IClassFixture<SqliteSite>, IClassFixture<BeepingChromium>
{
    [Fact(Timeout = 600_000)]
    public async Task A_recorded_note_arrives_at_another_pitch_unless_the_reporter_wants_their_own()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 740);
        var page = visitor.Page;
        var pass = await app.AnsweredDraftAsync();
        await page.Context.AddCookiesAsync([new Cookie
        {
            Name = "__Host-draft", Value = pass.ToCookie(), Domain = app.Site.Host, Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Strict,
        }]);
        var answer = await page.GotoAsync("/report/evidence");
        (await answer!.HeaderValueAsync("Permissions-Policy"))!.ShouldContain("microphone=(self)");
        await Expect(page.Locator("#voice-change")).ToBeCheckedAsync();
        await visitor.LookAsync("voice");

        await RecordAsync(page);
        await visitor.LookAsync("voice-recorded");
        await page.Locator("#voice-delete").PressAsync("Enter");
        await Expect(page.Locator("#voice-said")).ToHaveTextAsync("已删除，没有发送");
        await Expect(page.Locator("#voice-record")).ToBeFocusedAsync();
        await RecordAsync(page);
        await page.Locator("#voice-attach").PressAsync("Enter");
        await page.Locator("#voice-change").UncheckAsync();
        await RecordAsync(page);
        await page.Locator("#voice-attach").PressAsync("Enter");
        await Expect(page.Locator("#chosen li")).ToHaveCountAsync(2);
        await visitor.LookAsync("voice-attached");
        await visitor.ContinueAsync();
        await page.Locator("#chosen .error, form:has([name=Anonymity])").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 240_000 });
        await visitor.PictureAsync("voice-sent");
        new Uri(page.Url).AbsolutePath.ShouldBe("/report/who", await page.Locator("main").InnerTextAsync());

        visitor.Findings.ShouldBeEmpty();
        var files = (await app.Send(new ReadDraft(pass)))!.Content.Files;
        files.Values.Select(f => f.Name).Order().ShouldBe(["语音-1.webm", "语音-2.webm"]);
        var pitches = await Task.WhenAll(files.OrderBy(f => f.Value.Name).Select(async f => await PitchAsync(page, await BytesAsync(pass, f.Key, f.Value.Length))));
        var ratio = pitches[0] / pitches[1];
        ratio.ShouldNotBeInRange(0.92, 1.08, $"{pitches[0]} Hz and {pitches[1]} Hz");
        (await (await page.GotoAsync("/report/what"))!.HeaderValueAsync("Permissions-Policy"))!.ShouldContain("microphone=()");
    }

    [Fact(Timeout = 600_000)]
    public async Task In_the_conversation_it_is_recorded_and_sent_as_well()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, width: 360, height: 740);
        var page = visitor.Page;
        await visitor.GoAsync("/chat");
        string[] said = ["1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "2", "人民路 20 号", "1", "2"];
        for (var turn = 0; turn < said.Length; turn++)
        {
            await visitor.FillAsync("Text", said[turn]);
            await page.Locator("#say button.primary").ClickAsync();
            await Expect(page.Locator(".thread .ours")).ToHaveCountAsync(turn + 1);
            await page.Locator("#chat[data-ready]").WaitForAsync();
        }

        await RecordAsync(page);
        await page.Locator("#voice-attach").PressAsync("Enter");
        await visitor.LookAsync("chat-voice");
        await page.Locator("#files .button:has-text('上传')").ClickAsync();
        await Expect(page.Locator(".thread .ours").Last).ToContainTextAsync("语音-1.webm");
        await Expect(page.Locator(".thread")).ToContainTextAsync("现在一共 1 个文件");
        visitor.Findings.ShouldBeEmpty();
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_script_it_does_not_appear()
    {
        await using var visitor = await chromium.VisitAsync(app.Site, script: false, width: 360, height: 740);
        var pass = await app.AnsweredDraftAsync();
        await visitor.Page.Context.AddCookiesAsync([new Cookie
        {
            Name = "__Host-draft", Value = pass.ToCookie(), Domain = app.Site.Host, Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteAttribute.Strict,
        }]);
        await visitor.GoAsync("/report/evidence");

        await Expect(visitor.Page.Locator("#voice")).ToBeHiddenAsync();
    }

    /// <summary>Two seconds or more, by keyboard.</summary>
    private static async Task RecordAsync(IPage page)
    {
        await page.Locator("#voice-record").PressAsync("Enter");
        await Expect(page.Locator("#voice-said")).ToHaveTextAsync("正在录音");
        await Expect(page.Locator("#voice-time")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("0:0[2-9]"));
        await page.Locator("#voice-record").PressAsync("Enter");
        await Expect(page.Locator("#voice-attach")).ToBeFocusedAsync();
        await page.UntilAsync("() => document.getElementById('voice-heard').readyState > 0");
    }

    /// <summary>The loudest frequency from 60 to 3000 Hz.</summary>
    private static Task<double> PitchAsync(IPage page, byte[] file) => page.EvaluateAsync<double>(
        """
        async (text) => {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const sound = await new OfflineAudioContext(1, 1, 16000).decodeAudioData(bytes.buffer);
          const values = sound.getChannelData(0);
          let best = [0, 0];
          for (let hertz = 60; hertz <= 3000; hertz += 4) {
            const turn = 2 * Math.cos((2 * Math.PI * hertz) / sound.sampleRate);
            let total = 0;
            for (let from = 0; from + 4000 <= values.length; from += 4000) {
              let [a, b] = [0, 0];
              for (let at = from; at < from + 4000; at++) [a, b] = [values[at] + turn * a - b, a];
              total += a * a + b * b - turn * a * b;
            }
            if (total > best[1]) best = [hertz, total];
          }
          return best[0];
        }
        """,
        Convert.ToBase64String(file));

    private async Task<byte[]> BytesAsync(DraftPass pass, Guid id, long length)
    {
        var key = ContentKey.From((await app.Send(new ReadDraft(pass)))!.Content.ContentKey);
        await using var sealedFile = await app.Services.GetRequiredService<EvidenceFiles>().OpenReadAsync(id, key.ForFile(id), length, TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await sealedFile.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
