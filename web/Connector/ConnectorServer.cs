using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Report12350.Bot.Dialogues;
using Report12350.Bot.Protocol;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Profiles;

namespace Report12350.Web.Connector;

/// <summary><c>/api/messages</c> (渠道入口): what channels and other bots send us, and what they are answered, in the body or by a call back.</summary>
public sealed class ConnectorServer(
    IncomingTokens tokens, OutgoingConnector connector, ChannelTurns turns, ChannelPasses passes, JurisdictionProfile profile, TextBook book, TimeProvider time)
{
    public const string Path = "/api/messages";
    private const int LongestActivity = 256 * 1024;

    public static void Map(IEndpointRouteBuilder routes, ConnectorSettings settings)
    {
        if (settings.IsOn)
            routes.MapPost(Path, (HttpContext context, ConnectorServer server) => server.TakeAsync(context));
    }

    private async Task TakeAsync(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        try
        {
            var (status, body) = await AnsweredAsync(context);
            context.Response.StatusCode = status;
            if (body is null)
                return;
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(body, context.RequestAborted);
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (Exception fault) when (!context.Response.HasStarted && fault is (HttpRequestException or IOException or ObjectDisposedException))
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway; // sent again, the same is answered
        }
    }

    private async Task<(int Status, string? Body)> AnsweredAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length == 0)
            return (StatusCodes.Status401Unauthorized, null);
        if (await ShortBody.ReadAsync(context.Request.Body, LongestActivity, context.RequestAborted) is not { } body)
            return (StatusCodes.Status413PayloadTooLarge, null);
        var activity = ConnectorActivity.Parse(body);
        if (await tokens.CheckAsync(authorization, activity, context.RequestAborted) is not { } caller)
            return (StatusCodes.Status401Unauthorized, null);
        if (activity.Type == "invoke")
            return (StatusCodes.Status501NotImplemented, null);

        // A channel that hangs up has still said it: the turn goes to its end.
        var replies = await RepliesAsync(caller, activity);
        if (activity.WantsAnswerInBody)
            return (StatusCodes.Status200OK, $$"""{"activities":[{{string.Join(',', replies.Select(reply => activity.Answer(reply).ToJson()))}}]}""");
        foreach (var reply in replies)
            await connector.SendAsync(caller, activity.Conversation!.Id, activity.Id, activity.Answer(reply), CancellationToken.None);
        return (StatusCodes.Status200OK, null);
    }

    private async Task<IReadOnlyList<Activity>> RepliesAsync(VouchedCaller caller, ConnectorActivity activity)
    {
        var texts = new Texts(book, activity.Locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) is true ? TextBook.English : TextBook.Chinese, time);
        var isGroup = activity.Conversation!.IsGroup is true;
        switch (activity.Type)
        {
            case "message" when isGroup:
                return [new Activity { Text = texts["chat.group"] }];
            case "message":
                var answer = await turns.TakeAsync(PassOf(caller, activity, activity.From!.Id), activity.ToTurn(), activity.Id, texts.Say, texts.IsChinese, CancellationToken.None, FilesOf(caller, activity));
                return answer.IsOver ? [.. answer.Replies, ConnectorActivity.EndOfConversation()] : answer.Replies;
            case "conversationUpdate" when !isGroup && Newcomer(activity) is { } person:
                return (await turns.GreetAsync(PassOf(caller, activity, person), activity.ToTurn(), activity.Id, texts.Say, texts.IsChinese, CancellationToken.None)).Replies;
            case "endOfConversation":
                await turns.EndAsync(PassOf(caller, activity, activity.From!.Id), CancellationToken.None);
                return [];
            default:
                return []; // events, typing, reactions and what is yet to come: heard, and nothing to say to it
        }
    }

    private ConversationPass PassOf(VouchedCaller caller, ConnectorActivity activity, string person) => passes.Of(caller.Name, activity.ChannelId, activity.Conversation!.Id, person);

    private static string? Newcomer(ConnectorActivity activity) => activity.MembersAdded?.FirstOrDefault(member => member.Id != activity.Recipient?.Id)?.Id;

    private Func<IAsyncEnumerable<ChatFile>>? FilesOf(VouchedCaller caller, ConnectorActivity activity) =>
        activity.Attachments is { } files && files.Any(file => file.ContentUrl is not null) ? () => connector.FetchAsync(caller, files, profile.Uploads.MaxFiles) : null;
}
