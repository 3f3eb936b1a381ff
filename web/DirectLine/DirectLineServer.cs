using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Report12350.Bot.Dialogues;
using Report12350.Bot.Protocol;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Web.Pages.Chat;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.DirectLine;

/// <summary>Direct Line 3.0 (聊天协议服务端), as Microsoft's own clients and our page use it. Whose a conversation is, the token says, and the token alone.</summary>
public sealed class DirectLineServer(
    IMediator mediator, ChatTurns conversations, ShownReceipt receipt, ChatToken tokens, JurisdictionProfile profile, Texts texts, FloodGauge gauge, SlowLane lane, WorkProof proof, TimeProvider time)
{
    public const string Path = "/v3/directline";
    private const string UserPrefix = "dl_";
    private const int LongestActivity = 64 * 1024;
    private const int Around = 64 * 1024;
    private const string ActivityType = "application/vnd.microsoft.activity";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    private delegate Task Act(DirectLineServer server, HttpContext context, HeldConversation held);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var line = routes.MapGroup(Path);
        line.MapPost("/tokens/generate", (HttpContext context, DirectLineServer server) => AnsweredAsync(context, () => server.GenerateAsync(context)));
        line.MapPost("/tokens/refresh", With((server, context, held) => server.RefreshAsync(context, held)));
        line.MapPost("/conversations", With((server, context, held) => server.StartAsync(context, held)));
        line.MapGet("/conversations/{id}", With((server, context, held) => server.ReconnectAsync(context, held)));
        line.MapGet("/conversations/{id}/activities", With((server, context, held) => server.PollAsync(context, held)));
        line.MapPost("/conversations/{id}/activities", With((server, context, held) => server.PostAsync(context, held)));
        line.MapPost("/conversations/{id}/upload", With((server, context, held) => server.UploadAsync(context, held)));
        line.MapMethods("/conversations/{id}/stream", [HttpMethods.Get, HttpMethods.Connect], (HttpContext context, DirectLineStream stream) => AnsweredAsync(context, () => stream.ServeAsync(context)));
    }

    private static Delegate With(Act act) => (HttpContext context, DirectLineServer server) => AnsweredAsync(context, () => act(server, context, server.HeldBy(context)));

    private static async Task AnsweredAsync(HttpContext context, Func<Task> act)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await act();
        }
        catch (DirectLineException refusal)
        {
            await RefuseAsync(context, refusal.Status, refusal.Code, refusal.Told);
        }
        catch (ConversationFullException)
        {
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, "LimitExceeded", "chat.full.here");
        }
        catch (Exception bad) when (bad is JsonException or InvalidDataException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "BadArgument");
        }
        catch (Exception fault) when (!context.Response.HasStarted && Faults.StatusOf(fault) is not StatusCodes.Status500InternalServerError and var status)
        {
            await RefuseAsync(context, status == StatusCodes.Status409Conflict ? StatusCodes.Status503ServiceUnavailable : status, status == StatusCodes.Status404NotFound ? "NotFound" : "ServiceError");
        }
    }

    /// <param name="told">Text of what the person can do.</param>
    private static Task RefuseAsync(HttpContext context, int status, string code, string? told = null)
    {
        var services = context.RequestServices;
        context.Response.StatusCode = status;
        return SayAsync(context, new { error = new { code, message = told is null ? code : services.GetRequiredService<Texts>()[told, services.GetRequiredService<JurisdictionProfile>().Hotline] } });
    }

    /// <summary>In one piece, its length said first.</summary>
    private static async Task SayAsync(HttpContext context, object said)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(said, Json);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private HeldConversation HeldBy(HttpContext context)
    {
        var said = context.Request.Headers.Authorization.ToString();
        var held = said.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? tokens.Read(said["Bearer ".Length..].Trim()) : null;
        if (held is null)
            throw new DirectLineException(StatusCodes.Status401Unauthorized, "Unauthorized");
        if (held.ExpiresAt <= time.GetUtcNow())
            throw new DirectLineException(StatusCodes.Status403Forbidden, "TokenExpired");
        if (context.GetRouteValue("id") is string id && id != Id(held.Pass))
            throw new DirectLineException(StatusCodes.Status403Forbidden, "BadArgument");
        return held;
    }

    private static string Id(ConversationPass pass) => pass.Id.ToString("N");

    private async Task<OpenChat> OpenAsync(HeldConversation held, HttpContext context, int after = int.MaxValue) =>
        await conversations.ReadAsync(held.Pass, context.RequestAborted, after) ?? throw new DirectLineException(StatusCodes.Status404NotFound, "NotFound");

    /// <summary>A conversation for whoever asks, begun with its draft; the browser that has one already gets a token for that.</summary>
    private async Task GenerateAsync(HttpContext context)
    {
        var asked = await ReadAsync<TokenRequest>(context) ?? new TokenRequest(null, null);
        var user = asked.User?.Id ?? UserPrefix + RandomNumberGenerator.GetHexString(24, lowercase: true);
        if (!user.StartsWith(UserPrefix, StringComparison.Ordinal) || user.Length > 64)
            throw new DirectLineException(StatusCodes.Status400BadRequest, "BadArgument");
        using var turn = await InTurnAsync(context, asked.Altcha);
        var pass = ConversationPass.Parse(context.Request.Secret(SecretCookies.Chat));
        var open = pass is null ? null : await conversations.ReadAsync(pass, context.RequestAborted, int.MaxValue);
        if (open is null)
        {
            pass = await ChatOpening.BeginAsync(context, mediator, conversations, texts);
            open = await conversations.ReadAsync(pass, context.RequestAborted, int.MaxValue);
        }

        await SayTokenAsync(context, new HeldConversation(pass!, user, open!.ExpiresAt));
    }

    /// <summary>Like the forms that cost us something: under flood with a sum, or in turn.</summary>
    private async Task<IDisposable?> InTurnAsync(HttpContext context, string? answer)
    {
        var address = context.Connection.RemoteIpAddress;
        var network = gauge.Note(address);
        if (gauge.Height(address) == 0 || proof.Accept(answer))
            return null;
        return await lane.EnterAsync(network, context.Request.Secret("form") ?? "", LongestActivity, context.RequestAborted)
            ?? throw new DirectLineException(StatusCodes.Status429TooManyRequests, "TooManyRequests", "chat.busy");
    }

    private async Task RefreshAsync(HttpContext context, HeldConversation held)
    {
        var open = await OpenAsync(held, context);
        await SayTokenAsync(context, held with { ExpiresAt = open.ExpiresAt });
    }

    private Task SayTokenAsync(HttpContext context, HeldConversation held) => SayAsync(context, TokenOf(held, streamUrl: null));

    private ConversationAnswer TokenOf(HeldConversation held, string? streamUrl) =>
        new(Id(held.Pass), tokens.Write(held), (int)(held.ExpiresAt - time.GetUtcNow()).TotalSeconds, streamUrl);

    private async Task StartAsync(HttpContext context, HeldConversation held)
    {
        var open = await OpenAsync(held, context);
        context.Response.StatusCode = open.Version == 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await SayAsync(context, TokenOf(held, await StreamUrlAsync(context, held, 0)));
    }

    /// <summary>An empty watermark asks for all that was said, none for what is new.</summary>
    private async Task ReconnectAsync(HttpContext context, HeldConversation held)
    {
        var open = await OpenAsync(held, context);
        await SayAsync(context, TokenOf(held, await StreamUrlAsync(context, held, context.Request.Query.ContainsKey("watermark") ? WatermarkOf(context) : open.State.Lines)));
    }

    /// <summary>The address alone is worth one stream within a minute, and nothing afterwards; who the stream is for goes beside the ticket.</summary>
    private async Task<string> StreamUrlAsync(HttpContext context, HeldConversation held, int after)
    {
        var request = context.Request;
        var ticket = await mediator.Send(new IssueStreamTicket(held.Pass), context.RequestAborted) ?? throw new DirectLineException(StatusCodes.Status429TooManyRequests, "TooManyRequests", "chat.busy");
        var scheme = request.IsHttps ? "wss" : "ws";
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{request.Host}{Path}/conversations/{Id(held.Pass)}/stream?watermark={after}&t={ticket}&user={Uri.EscapeDataString(held.User)}");
    }

    private async Task PollAsync(HttpContext context, HeldConversation held)
    {
        var known = (await OpenAsync(held, context)).State;
        var after = Math.Min(WatermarkOf(context), known.Lines);
        await conversations.TellAsync(held.Pass, known, texts.Say, context.RequestAborted);
        var open = await OpenAsync(held, context, after);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync((await SetAsync(receipt, open, after, held, context, texts)).ToJson(), context.RequestAborted);
    }

    /// <summary>What was said since, as this client sees it: numbers have no gaps, so the watermark is how many it has now. Under its own name, plain, with the addresses of this site whole.</summary>
    internal static async Task<ActivitySet> SetAsync(ShownReceipt receipt, OpenChat open, int after, HeldConversation held, HttpContext context, Texts texts)
    {
        var shown = await receipt.InAsync(open.State, open.Activities, texts.Say, context.RequestAborted);
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        return new ActivitySet(
            [.. shown.Select(activity => activity with
            {
                TextFormat = "plain",
                ChannelId = "directline",
                Conversation = new ConversationAccount(Id(held.Pass)),
                From = activity.IsOurs ? activity.From : new ChannelAccount(held.User, "user"),
                SuggestedActions = activity.SuggestedActions is { } offered ? new SuggestedActions([.. offered.Actions.Select(Whole)]) : null,
            })],
            (after + open.Activities.Count).ToString(CultureInfo.InvariantCulture));

        CardAction Whole(CardAction action) => action.Type == "openUrl" ? action with { Value = site + action.Value } : action;
    }

    private async Task PostAsync(HttpContext context, HeldConversation held)
    {
        var activity = await ReadAsync<Activity>(context) ?? throw new DirectLineException(StatusCodes.Status400BadRequest, "MissingProperty");
        await TakeAsync(context, held, activity, null);
    }

    private async Task TakeAsync(HttpContext context, HeldConversation held, Activity activity, IAsyncEnumerable<ChatFile>? files)
    {
        using var turn = TypedReceipt.In(activity.Text) is not null && Dialogue.TriesReceipt((await OpenAsync(held, context)).State, activity.Text)
            ? await InTurnAsync(context, answer: null) : null;
        var id = activity.Type == "typing"
            ? await TypingAsync(held, context)
            : await conversations.PostAsync(held.Pass, activity, texts.Say, texts.IsChinese, context.RequestAborted, files);
        await SayAsync(context, new { id });
    }

    /// <summary>Is of the moment, and not kept.</summary>
    private async Task<string> TypingAsync(HeldConversation held, HttpContext context)
    {
        await OpenAsync(held, context);
        return $"{Id(held.Pass)}|typing";
    }

    private async Task UploadAsync(HttpContext context, HeldConversation held)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = (profile.Uploads.MaxAnyBytes * profile.Uploads.MaxFiles) + Around;
        var request = context.Request;
        if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true)
        {
            var name = Microsoft.Net.Http.Headers.ContentDispositionHeaderValue.TryParse((string?)request.Headers.ContentDisposition, out var said) ? (said.FileNameStar.HasValue ? said.FileNameStar : said.FileName).Value?.Trim('"') : null;
            await TakeAsync(context, held, new Activity { Attachments = [new Attachment(request.ContentType, name)] }, One(new ChatFile(name ?? "-", request.Body)));
            return;
        }

        // The activity comes first, and the files after it.
        await using var parts = StreamedFiles.ReadAsync(request, (_, _) => { }, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        var activity = new Activity();
        var more = await parts.MoveNextAsync();
        if (more && parts.Current.Field == "activity")
        {
            activity = Activity.Parse(await TextAsync(parts.Current.Content, context.RequestAborted));
            more = await parts.MoveNextAsync();
        }

        await TakeAsync(context, held, activity, more ? Rest(parts) : null);
    }

    private static async IAsyncEnumerable<ChatFile> One(ChatFile file)
    {
        yield return file;
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<ChatFile> Rest(IAsyncEnumerator<StreamedFile> parts)
    {
        do
            yield return new ChatFile(parts.Current.Name, parts.Current.Content);
        while (await parts.MoveNextAsync());
    }

    internal static int WatermarkOf(HttpContext context)
    {
        var said = context.Request.Query["watermark"].ToString();
        return said.Length == 0 ? 0
            : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
            : throw new DirectLineException(StatusCodes.Status400BadRequest, "BadArgument");
    }

    private static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (await TextAsync(context.Request.Body, context.RequestAborted) is not { Length: > 0 } said)
            return null;
        return typeof(T) == typeof(Activity) ? (T)(object)Activity.Parse(said) : JsonSerializer.Deserialize<T>(said, Json);
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancellationToken) =>
        await ShortBody.ReadAsync(body, LongestActivity, cancellationToken) is { } text ? System.Text.Encoding.UTF8.GetString(text)
            : throw new DirectLineException(StatusCodes.Status413PayloadTooLarge, "MessageSizeTooBig");

    private sealed record TokenRequest(TokenUser? User, string? Altcha);

    private sealed record TokenUser(string? Id);

    private sealed record ConversationAnswer(
        string ConversationId, string Token, [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] int ExpiresIn, string? StreamUrl);
}

/// <summary>Refused, in the protocol's own words.</summary>
public sealed class DirectLineException(int status, string code, string? told = null) : Exception(code)
{
    public int Status => status;

    public string Code => Message;

    /// <summary>Text of what the person can do, where it is theirs to do.</summary>
    public string? Told => told;
}
