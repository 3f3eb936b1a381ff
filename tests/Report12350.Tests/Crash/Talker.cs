using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Report12350.Load;
using Report12350.Tests.Bot;

namespace Report12350.Tests.Crash;

/// <summary>Reads what the service said last and answers it; knows which of its words were acknowledged.</summary>
internal sealed class Talker(DirectLineClient client)
{
    /// <summary>About how many there are in one conversation.</summary>
    public const int Turns = 18;

    private const string Message = "昨晚又来了一车气瓶。";

    /// <summary>A word of the question, and the answer; null ends it.</summary>
    private static readonly (string Asked, string? Answer)[] Answers =
    [
        ("请核对", "1"), ("开始前请知道", "1"), ("知道多少说多少", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样"), ("您要举报哪一类事", "重大事故隐患"), ("能找到。例如", "人民路 20 号"),
        ("哪个单位", "好再来饭店"), ("随时可能出事", "2"), ("有照片", "1"), ("您愿意留下姓名吗", "1"), ("申请奖励", "2"), ("举报已经收到", "保存好了"),
        ("请先保存", "保存好了"), ("办理有进展", "查进度"), ("输入查询码", null), ("匿名的，请不要写", Message),
    ];

    private readonly List<(string Client, string Id)> acknowledged = [];
    private string? receipt;
    private string? cutOff;
    private int said;
    private bool hasWritten;

    public string? Number { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>What was asked last, as far as it says where the conversation is.</summary>
    public string Asked { get; private set; } = "";

    public static async Task<Talker> BeginAsync(SiteUnderLoad site) => new(await DirectLineClient.BeginAsync(site.Browser(keepsCookies: false)));

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
                var answer = await client.SayAsync(text, mine);
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
        if (all.Find(a => a.Text().Contains("查询码：", StringComparison.Ordinal)) is { ValueKind: JsonValueKind.Object } shown)
            (Number, receipt) = (Value(shown, 0), Value(shown, 1));
        var last = all.FindLast(a => a.Role() == "bot").Text();
        hasWritten |= all.Exists(a => a.Text().Contains("留言已加密保存", StringComparison.Ordinal));
        if (last.Contains("您还想做什么", StringComparison.Ordinal))
        {
            IsDone = hasWritten;
            return hasWritten ? null : "留言";
        }

        var (asked, answer) = Answers.FirstOrDefault(known => last.Contains(known.Asked, StringComparison.Ordinal));
        Asked = asked.ShouldNotBeNull(last);
        return answer ?? receipt.ShouldNotBeNull();
    }

    private static string Value(JsonElement shown, int line) => shown.Text().Split('\n')[line].Split('：')[1];
}
