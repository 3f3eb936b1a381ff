using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Diagnostics;
using Report12350.Bot.Dialogues;
using Report12350.Confidentiality;
using Report12350.Conversations;

namespace Report12350.Web.WeChat;

/// <summary><c>/channels/wechat</c> (微信渠道): what people write to the county's account, and what it answers, in the same breath.</summary>
/// <remarks>WeChat waits five seconds and asks three times. The turn goes on meanwhile; who asks again waits for it and hears the same.</remarks>
public sealed class WeChatServer(WeChatSettings settings, WeChatMedia media, ChannelTurns turns, ChannelPasses passes, TextBook book, TimeProvider time)
{
    public const string Path = "/channels/wechat";
    private const int LongestMessage = 64 * 1024;

    /// <summary>How old a call may be, and how far its clock may be wrong.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly Texts texts = new(book, TextBook.Chinese, time);

    public static void Map(IEndpointRouteBuilder routes, WeChatSettings settings)
    {
        if (!settings.IsOn)
            return;
        routes.MapGet(Path, (HttpContext context, WeChatServer server) => server.ProveAsync(context));
        routes.MapPost(Path, (HttpContext context, WeChatServer server) => server.TakeAsync(context));
    }

    /// <summary>Once, when the county enters this address: shows that we hold the token.</summary>
    private Task ProveAsync(HttpContext context)
    {
        var asked = new Asked(context.Request.Query);
        var echo = asked["echostr"];
        var answer = settings.IsWeCom ? (IsOurs(asked["msg_signature"], asked, echo) ? settings.Seal!.Open(echo) : null)
            : IsOurs(asked["signature"], asked) ? echo : null;
        return AnswerAsync(context, answer is null ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK, answer ?? "", "text/plain");
    }

    private async Task TakeAsync(HttpContext context)
    {
        var (status, answer) = await AnsweredAsync(context.Request);
        await AnswerAsync(context, status, answer, answer.StartsWith('<') ? "application/xml" : "text/plain");
    }

    private async Task<(int Status, string Answer)> AnsweredAsync(HttpRequest request)
    {
        if (await ShortBody.ReadAsync(request.Body, LongestMessage, request.HttpContext.RequestAborted) is not { } body)
            return (StatusCodes.Status413PayloadTooLarge, "");
        WeChatMessage? message;
        try
        {
            message = Opened(new Asked(request.Query), WeChatMessage.Parse(Encoding.UTF8.GetString(body)));
        }
        catch (XmlException)
        {
            return (StatusCodes.Status400BadRequest, "");
        }

        if (message is null || message.From.Length == 0)
            return (StatusCodes.Status403Forbidden, "");
        var replies = await RepliesAsync(message);
        if (replies.Length == 0)
            return (StatusCodes.Status200OK, "success");
        var now = time.GetUtcNow();
        var xml = WeChatReply.Xml(message.From, message.To, replies, now);
        return (StatusCodes.Status200OK, settings.Seal is { } seal ? Sealed(seal, xml, now) : xml);
    }

    /// <summary>The message in it; null when it is not the platform's, or not in the mode agreed on.</summary>
    private WeChatMessage? Opened(Asked asked, WeChatMessage came)
    {
        if (settings.Seal is not { } seal)
            return came.Sealed.Length == 0 && IsOurs(asked["signature"], asked) ? came : null;
        return came.Sealed.Length > 0 && IsOurs(asked["msg_signature"], asked, came.Sealed) && seal.Open(came.Sealed) is { } xml ? WeChatMessage.Parse(xml) : null;
    }

    private async Task<string> RepliesAsync(WeChatMessage message)
    {
        var pass = passes.Of(settings.IsWeCom ? "wecom" : "wechat", settings.Account, message.From);
        switch (message.Kind, message.Event.ToUpperInvariant())
        {
            case ("event", "SUBSCRIBE" or "ENTER_AGENT"):
                return Text(await turns.GreetAsync(pass, message.ToTurn(), message.Once, texts.Say, texts.IsChinese, CancellationToken.None));
            case ("event", "UNSUBSCRIBE"):
                await turns.EndAsync(pass, CancellationToken.None);
                return "";
            case ("event", not "CLICK"):
                return "";
            case ("text" or "event" or "location" or "voice" or "image" or "video" or "shortvideo", _):
                return Text(await turns.TakeAsync(pass, message.ToTurn(), message.Once, texts.Say, texts.IsChinese, CancellationToken.None, FilesOf(message)));
            default:
                return texts["chat.wechat.kind"];
        }
    }

    private Func<IAsyncEnumerable<ChatFile>>? FilesOf(WeChatMessage message) => message.Media is { } id ? () => media.FetchAsync(id, message.NameOfFile) : null;

    private string Text(ChannelAnswer answer) => answer.Replies.Count == 0 ? "" : WeChatReply.TextOf(answer.Replies, texts);

    private string Sealed(WeChatSeal seal, string xml, DateTimeOffset now)
    {
        var (cipher, timestamp, nonce) = (seal.Seal(xml), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), RandomNumberGenerator.GetHexString(16, lowercase: true));
        return WeChatReply.SealedXml(cipher, WeChatSeal.Sign(settings.Token, timestamp, nonce, cipher), timestamp, nonce);
    }

    private bool IsOurs(string signature, Asked asked, params IEnumerable<string> more) =>
        long.TryParse(asked["timestamp"], CultureInfo.InvariantCulture, out var said) && Math.Abs(said - time.GetUtcNow().ToUnixTimeSeconds()) <= Fresh.TotalSeconds
            && WeChatSeal.IsSigned(signature, [settings.Token, asked["timestamp"], asked["nonce"], .. more]);

    private static async Task AnswerAsync(HttpContext context, int status, string text, string type)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        context.Response.StatusCode = status;
        context.Response.ContentType = $"{type}; charset=utf-8";
        await context.Response.WriteAsync(text, CancellationToken.None);
    }

    /// <summary>What stands in the address: the platform's signature and what it is over, nothing anybody said.</summary>
    private sealed record Asked(IQueryCollection Query)
    {
        public string this[string name] => Query[name].ToString();
    }
}
