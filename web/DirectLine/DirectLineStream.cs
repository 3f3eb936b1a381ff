using System.Net.WebSockets;
using System.Text;
using MediatR;
using Report12350.Bot.Dialogues;
using Report12350.Confidentiality;
using Report12350.Conversations;

namespace Report12350.Web.DirectLine;

/// <summary>A conversation's open stream (会话推送): what was said before, and whatever is said while it is open, each once and in order.</summary>
public sealed class DirectLineStream(IMediator mediator, OpenStreams streams, IServiceScopeFactory scopes, Texts texts, IHostApplicationLifetime host)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw new DirectLineException(StatusCodes.Status400BadRequest, "BadArgument");
        var after = DirectLineServer.WatermarkOf(context);
        if (!Guid.TryParseExact(context.GetRouteValue("id") as string, "N", out var id)
            || await mediator.Send(new UseStreamTicket(id, context.Request.Query["t"]), context.RequestAborted) is not { } pass)
        {
            throw new DirectLineException(StatusCodes.Status403Forbidden, "TokenExpired");
        }

        var held = new HeldConversation(pass, context.Request.Query["user"].ToString(), default);
        using var stream = streams.Open(id);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = Patience });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stream.Ended, context.RequestAborted, host.ApplicationStopping);
        var listening = ListenAsync(socket, over);
        try
        {
            await SpeakAsync(context, socket, stream, held, after, over.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The client left, or must come again.
        }

        await over.CancelAsync();
        socket.Abort();
        await listening;
    }

    /// <summary>Ends when the conversation does.</summary>
    private async Task SpeakAsync(HttpContext context, WebSocket socket, ConversationStream stream, HeldConversation held, int after, CancellationToken cancellationToken)
    {
        while (true)
        {
            await stream.WaitAsync(cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            var conversations = scope.ServiceProvider.GetRequiredService<ChatTurns>();
            if (await conversations.ReadAsync(held.Pass, cancellationToken, after) is not { } open)
                break;
            after = Math.Min(after, open.State.Lines);
            stream.Follows = open.State.Number;
            if (await conversations.TellAsync(held.Pass, open.State, texts.Say, cancellationToken))
                open = await conversations.ReadAsync(held.Pass, cancellationToken, after);
            if (open is null)
                break;
            if (open.Activities.Count == 0)
                continue;
            var set = await DirectLineServer.SetAsync(scope.ServiceProvider.GetRequiredService<ShownReceipt>(), open, after, held, context, texts);
            await socket.SendAsync(Encoding.UTF8.GetBytes(set.ToJson()), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).WaitAsync(Patience, TimeProvider.System, cancellationToken);
            after += open.Activities.Count;
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
    }

    /// <summary>Clients send nothing but empty signs of life; what else comes is not read.</summary>
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource over)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), over.Token)).MessageType != WebSocketMessageType.Close)
                continue;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            // It is over either way.
        }

        await over.CancelAsync();
    }
}
