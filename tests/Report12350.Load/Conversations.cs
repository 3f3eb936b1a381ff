using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Report12350.Load;

/// <summary>Many people in conversation at once: each has its stream open and says the next thing about a second after the last.</summary>
internal static class Conversations
{
    /// <summary>Not counted: the site compiles what it runs often, as long as it is new.</summary>
    private const int WarmRounds = 2;

    private const int Rounds = 3;

    /// <summary>From hello to the check before filing; then from the beginning.</summary>
    private static readonly string[] Said =
        ["1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "8", "2", "人民路 20 号", "1", "2", "1", "1", "2", "2", "5", "人民路 21 号", "重来"];

    public static async Task<Figures> AnswerAsync(int people)
    {
        await using var laid = await LaidOut.StartAsync();
        List<Person> all = [];
        for (var i = 0; i < people; i++)
            all.Add(await Person.BeginAsync(laid.Site));
        await TalkAsync(new Figures("", ""), WarmRounds);
        var figures = new Figures(FormattableString.Invariant($"a turn of the conversation, {people} conversations open"), "p50 ≤ 5 ms");
        await TalkAsync(figures, Rounds);
        foreach (var person in all)
            person.Dispose();
        return figures.Judge(f => f.P50 <= 5);

        Task TalkAsync(Figures counted, int rounds) => counted.RunAsync(laid.Site, people, async i =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1000.0 * i / people));
            for (var round = 0; round < rounds; round++)
                await all[i].SayAllAsync(counted, TimeSpan.FromSeconds(1));
        });
    }

    /// <summary>Speaks Direct Line, as our own page and Web Chat do.</summary>
    private sealed class Person(HttpClient browser, ClientWebSocket stream, string path) : IDisposable
    {
        public static async Task<Person> BeginAsync(SiteUnderLoad site)
        {
            var browser = site.Browser();
            var given = await AskAsync(browser, "/v3/directline/tokens/generate", new { user = new { id = "dl_load" } });
            browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", given.GetProperty("token").GetString());
            var begun = await AskAsync(browser, "/v3/directline/conversations", new { });
            var stream = new ClientWebSocket();
            stream.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            await stream.ConnectAsync(new Uri(begun.GetProperty("streamUrl").GetString()!), CancellationToken.None);
            _ = ListenAsync(stream);
            return new Person(browser, stream, $"/v3/directline/conversations/{begun.GetProperty("conversationId").GetString()}/activities");
        }

        /// <summary>A turn is over when what was said and what is answered are lasting: then the post is answered.</summary>
        public async Task SayAllAsync(Figures figures, TimeSpan pause)
        {
            foreach (var text in Said)
            {
                await figures.TimeAsync(() => AskAsync(browser, path, new { type = "message", text }));
                await Task.Delay(pause);
            }
        }

        public void Dispose()
        {
            browser.Dispose();
            stream.Dispose();
        }

        private static async Task<JsonElement> AskAsync(HttpClient browser, string path, object body)
        {
            // Like a browser's, its length is said first: .NET's own JSON content would come in pieces.
            using var said = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
            using var answer = await browser.PostAsync(path, said);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        private static async Task ListenAsync(ClientWebSocket stream)
        {
            var frame = new byte[16 * 1024];
            try
            {
                while ((await stream.ReceiveAsync(frame.AsMemory(), CancellationToken.None)).MessageType is not WebSocketMessageType.Close)
                    continue;
            }
            catch (Exception over) when (over is WebSocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The run is over.
            }
        }
    }
}
