using System.Globalization;
using System.Text;
using Report12350.Bot.Protocol;

namespace Report12350.Web.WeChat;

/// <summary>What WeChat is answered (被动回复): one message, since it takes no more; and no buttons, so that each answer says what to reply.</summary>
public static class WeChatReply
{
    /// <summary>Bytes of text that WeChat shows; of more it shows nothing.</summary>
    public const int Longest = 2048;

    /// <summary>All of it in one text. What is too long loses the end of what was said, never the answers offered.</summary>
    public static string TextOf(IEnumerable<Activity> replies, Texts texts)
    {
        List<string> said = [];
        List<string> offered = [];
        foreach (var reply in replies.Where(reply => reply.IsMessage))
        {
            if (reply.Text is { Length: > 0 } text)
                said.Add(text);
            var actions = reply.SuggestedActions?.Actions ?? [];
            offered.AddRange(actions.Select(action => action.Type == "openUrl" ? texts["chat.wechat.link", action.Title, action.Value]
                : action.Value == action.Title ? texts["chat.wechat.words", action.Title] : texts["chat.wechat.number", action.Value, action.Title]));
        }

        var ending = offered.Count == 0 ? "" : $"\n\n{string.Join('\n', offered)}";
        return Cut(string.Join("\n\n", said), Longest - Encoding.UTF8.GetByteCount(ending), texts["chat.wechat.cut"]) + ending;
    }

    public static string Xml(string to, string from, string text, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"<xml><ToUserName>{Data(to)}</ToUserName><FromUserName>{Data(from)}</FromUserName><CreateTime>{now.ToUnixTimeSeconds()}</CreateTime><MsgType>{Data("text")}</MsgType><Content>{Data(text)}</Content></xml>");

    public static string SealedXml(string cipher, string signature, string timestamp, string nonce) =>
        $"<xml><Encrypt>{Data(cipher)}</Encrypt><MsgSignature>{Data(signature)}</MsgSignature><TimeStamp>{timestamp}</TimeStamp><Nonce>{Data(nonce)}</Nonce></xml>";

    private static string Cut(string text, int most, string mark)
    {
        if (Encoding.UTF8.GetByteCount(text) <= most)
            return text;
        var (kept, left) = (new StringBuilder(), most - Encoding.UTF8.GetByteCount(mark));
        foreach (var rune in text.EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
                break;
            kept.Append(rune.ToString());
        }

        return kept.Append(mark).ToString();
    }

    private static string Data(string text) => $"<![CDATA[{text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]>";
}
