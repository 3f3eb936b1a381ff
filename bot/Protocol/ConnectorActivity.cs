using System.Text.Json;

namespace Report12350.Bot.Protocol;

/// <summary>What a channel or another bot sends to <c>/api/messages</c> (渠道活动), as far as we ask of it.</summary>
public sealed record ConnectorActivity
{
    private const int LongestId = 256;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 32 };

    public string Type { get; init; } = "";

    public string? Id { get; init; }

    public string ChannelId { get; init; } = "";

    /// <summary>Where answers go, once a token has named it.</summary>
    public string? ServiceUrl { get; init; }

    public string? DeliveryMode { get; init; }

    public ConnectorParty? From { get; init; }

    public ConnectorParty? Recipient { get; init; }

    public ConnectorConversation? Conversation { get; init; }

    public IReadOnlyList<ConnectorParty>? MembersAdded { get; init; }

    public string? Text { get; init; }

    public string? Locale { get; init; }

    public IReadOnlyList<ConnectorFile>? Attachments { get; init; }

    /// <summary>Among them a shared place.</summary>
    public JsonElement? Entities { get; init; }

    public bool WantsAnswerInBody => string.Equals(DeliveryMode, "expectReplies", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="JsonException">It is none.</exception>
    public static ConnectorActivity Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ConnectorActivity>(json, Json) is { } activity && !string.IsNullOrEmpty(activity.Conversation?.Id) && !string.IsNullOrEmpty(activity.From?.Id)
            && activity.Id is not { Length: > LongestId } ? activity : throw new JsonException("No activity.");

    /// <summary>As it goes into the conversation: where its files lie is no part of that.</summary>
    public Activity ToTurn() => new()
    {
        Type = Type,
        Text = Text,
        Attachments = Attachments?.Where(file => file.ContentUrl is not null).Select(file => new Attachment(file.ContentType, file.Name)).ToList() is { Count: > 0 } files ? files : null,
        Rest = Entities is { } entities ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["entities"] = entities } : null,
    };

    /// <summary>One of ours, addressed back.</summary>
    public Activity Answer(Activity ours) => ours with
    {
        Id = null,
        ReplyToId = Id,
        ChannelId = ChannelId,
        Conversation = new ConversationAccount(Conversation!.Id),
        From = new ChannelAccount(Recipient?.Id ?? "12350", "bot"),
        Rest = new Dictionary<string, JsonElement>(ours.Rest ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["recipient"] = JsonSerializer.SerializeToElement(new ChannelAccount(From!.Id, "user"), Json),
            ["serviceUrl"] = JsonSerializer.SerializeToElement(ServiceUrl),
        },
    };

    /// <summary>Gives the conversation back to whoever called us.</summary>
    public static Activity EndOfConversation() => new()
    {
        Type = "endOfConversation",
        Rest = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["code"] = JsonSerializer.SerializeToElement("completedSuccessfully") },
    };

    public override string ToString() => "activity";
}

/// <summary>Somebody in a channel, by the channel's name for them.</summary>
public sealed record ConnectorParty(string Id);

/// <summary>A conversation, by the channel's name for it.</summary>
public sealed record ConnectorConversation(string Id, bool? IsGroup);

/// <summary>A file somebody sent, and where the channel keeps it.</summary>
public sealed record ConnectorFile(string? ContentType, string? Name, string? ContentUrl);
