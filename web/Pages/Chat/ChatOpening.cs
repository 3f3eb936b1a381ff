using MediatR;
using Report12350.Bot.Dialogues;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Web.Security;

namespace Report12350.Web.Pages.Chat;

/// <summary>Begins this browser's conversation (开始对话): on the draft it has, or on a new one.</summary>
internal static class ChatOpening
{
    public static async Task<ConversationPass> BeginAsync(HttpContext context, IMediator mediator, ChatTurns conversations, Texts texts)
    {
        var draft = DraftPass.Parse(context.Request.Secret(SecretCookies.Draft));
        if (draft is null || await mediator.Send(new ReadDraft(draft), context.RequestAborted) is not { Filed: null })
        {
            draft = await mediator.Send(new StartDraft(Channel.Chat), context.RequestAborted);
            context.Response.KeepSecret(SecretCookies.Draft, draft.ToCookie());
        }

        var pass = await conversations.BeginAsync(draft, texts.Say, texts.IsChinese, context.RequestAborted);
        context.Response.KeepSecret(SecretCookies.Chat, pass.ToCookie());
        return pass;
    }
}
