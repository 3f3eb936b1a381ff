using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Report12350.Load;
using Report12350.Tests.Bot;
using Report12350.Tests.Web;

namespace Report12350.Tests.Crash;

/// <summary>Reads what the service said last and answers it; knows which of its words were acknowledged.</summary>
/// <param name="objects">Objects to the conclusion at the end; otherwise withdraws, which can't be done after it.</param>
internal sealed class Talker(DirectLineClient client, bool objects, Func<string, Task> giveFeedback)
{
    /// <summary>About how many there are in one conversation.</summary>
    public const int Turns = 23;

    private const string Message = "昨晚又来了一车气瓶。";
    private const string Photo = "photo";

    /// <summary>A word of the question, and the answer; null ends it.</summary>
    private static readonly (string Asked, string? Answer)[] Answers =
    [
        ("新进展：", "进度"), ("哪里不对？为什么？", "说清理了，今天通道还堵着。"), ("您会失去", "2"),
        ("请核对", "1"), ("开始前请知道", "1"), ("知道多少说多少", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样"), ("您要举报哪一类事", "重大事故隐患"), ("能找到。例如", "人民路 20 号"),
        ("哪个单位", "好再来饭店"), ("随时可能出事", "2"), ("有照片", "1"), ("您愿意留下姓名吗", "1"), ("申请奖励", "2"), ("举报已经收到", "保存好了"),
        ("请先保存", "保存好了"), ("办理有进展", "查进度"), ("输入查询码", null), ("匿名的，请不要写", Message),
    ];

    private readonly List<(string Client, string Id)> acknowledged = [];
    private string? cutOff;
    private int said;

    public bool Objects => objects;

    public string? Number { get; private set; }

    public string? Receipt { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>What was asked last, as far as it says where the conversation is.</summary>
    public string Asked { get; private set; } = "";

    public static async Task<Talker> BeginAsync(SiteUnderLoad site, bool objects, Func<string, Task> giveFeedback) =>
        new(await DirectLineClient.BeginAsync(site.Browser(keepsCookies: false)), objects, giveFeedback);

    public static Task<byte[]> PhotoAsync() => FilingWalk.Png("kill").ReadAsByteArrayAsync();

    public async Task TalkAsync(Func<bool> isOver, Action? answered = null)
    {
        while (!IsDone && !isOver())
        {
            var mine = string.Create(CultureInfo.InvariantCulture, $"said-{++said}");
            try
            {
                var text = await NextAsync();
                if (text is null)
                    return;
                cutOff = mine;
                var answer = text == Photo ? await SendPhotoAsync(mine) : await client.SayAsync(text, mine);
                cutOff = null;
                acknowledged.Add((mine, answer.Id()));
                answered?.Invoke();
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException && isOver())
            {
                return;
            }
        }
    }

    /// <summary>After a restart all that was acknowledged is in the log once, with its answer, and no number is missing.</summary>
    /// <returns>Whether one got no answer, and whether it had been taken all the same.</returns>
    public async Task<(bool CutOff, bool Done)> ComeBackAsync()
    {
        var all = await client.PollAsync();
        all.ConvertAll(a => int.Parse(a.Id().Split('|')[1], CultureInfo.InvariantCulture)).ShouldBe(Enumerable.Range(1, all.Count));
        foreach (var (mine, id) in acknowledged)
            all.Single(a => a.ClientId() == mine).Id().ShouldBe(id, "acknowledged and lost");
        var answered = all.Select(a => a.TryGetProperty("replyToId", out var to) ? to.GetString() : null).ToHashSet();
        all.Where(a => a.Role() == "user").ShouldAllBe(a => answered.Contains(a.Id()), "a turn is kept with its answer or not at all");
        var (last, done) = (cutOff, cutOff is not null && all.Count(a => a.ClientId() == cutOff) == 1);
        cutOff = null;
        return (last is not null, done);
    }

    /// <summary>What to say now; null at the end.</summary>
    private async Task<string?> NextAsync()
    {
        var all = await client.PollAsync();
        bool Heard(string words) => all.Exists(a => a.Role() == "bot" && a.Text().Contains(words, StringComparison.Ordinal));
        if (all.Find(a => a.Text().Contains("查询码：", StringComparison.Ordinal)) is { ValueKind: JsonValueKind.Object } shown)
            (Number, Receipt) = (Value(shown, 0), Value(shown, 1));
        var spoken = all.FindLast(a => a.Role() == "bot");
        var last = spoken.Text();
        if (last.Contains("您还想做什么", StringComparison.Ordinal))
        {
            Asked = "您还想做什么";
            IsDone = Heard("异议已提交") || Heard("已撤回。");
            return IsDone ? null : !Heard("留言已加密保存") ? "留言" : !objects ? "撤回" : await ObjectionAsync(spoken);
        }

        var (asked, answer) = Answers.FirstOrDefault(known => last.Contains(known.Asked, StringComparison.Ordinal));
        Asked = asked.ShouldNotBeNull(last);
        return asked == "有照片" && !Heard("现在一共 1 个文件") ? Photo : answer ?? Receipt.ShouldNotBeNull();
    }

    private async Task<string> ObjectionAsync(JsonElement offered)
    {
        if (offered.GetRawText().Contains("提出异议", StringComparison.Ordinal))
            return "异议";
        await giveFeedback(Number.ShouldNotBeNull());
        return "进度";
    }

    private async Task<JsonElement> SendPhotoAsync(string mine)
    {
        using var file = new ByteArrayContent(await PhotoAsync()) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var activity = new StringContent(
            JsonSerializer.Serialize(new { type = "message", attachments = new[] { new { contentType = "image/png", name = "现场.png" } }, channelData = new { clientActivityID = mine } }), Encoding.UTF8, "application/vnd.microsoft.activity");
        using var form = new MultipartFormDataContent { { activity, "activity", "blob" }, { file, "file", "photo.png" } };
        using var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), form);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static string Value(JsonElement shown, int line) => shown.Text().Split('\n')[line].Split('：')[1];
}
