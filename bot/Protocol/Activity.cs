using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Report12350.Bot.Protocol;

/// <summary>One thing said or done in a conversation (活动), in the form of the Bot Framework's protocol. What we don't know of it is kept as it came.</summary>
public sealed record Activity
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Type { get; init; } = "message";

    public string? Id { get; init; }

    /// <summary>Rises strictly within a conversation: clients sort by it.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public string? ChannelId { get; init; }

    public ConversationAccount? Conversation { get; init; }

    public ChannelAccount? From { get; init; }

    /// <summary>What it answers.</summary>
    public string? ReplyToId { get; init; }

    public string? Name { get; init; }

    public string? Text { get; init; }

    /// <summary>Always plain: with marks in it, a text that comes back could show a link that is none of ours.</summary>
    public string TextFormat { get; init; } = "plain";

    public string? Locale { get; init; }

    public SuggestedActions? SuggestedActions { get; init; }

    public IReadOnlyList<Attachment>? Attachments { get; init; }

    public JsonElement? ChannelData { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; init; }

    [JsonIgnore]
    public bool IsOurs => From?.Role == "bot";

    [JsonIgnore]
    public bool IsMessage => Type == "message";

    /// <exception cref="JsonException">It is none.</exception>
    public static Activity Parse(string json) => JsonSerializer.Deserialize<Activity>(json, Json) ?? throw new JsonException("No activity.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => "activity";
}

/// <summary>Who says it.</summary>
/// <param name="Role"><c>bot</c> or <c>user</c>.</param>
public sealed record ChannelAccount(string Id, string Role);

/// <summary>Which conversation it belongs to.</summary>
public sealed record ConversationAccount(string Id);

/// <summary>A file that came with it: its name and kind. Of what is in it nothing is given back.</summary>
public sealed record Attachment(string? ContentType, string? Name);

/// <summary>Activities as a client gets them, and up to where it has them now.</summary>
public sealed record ActivitySet(IReadOnlyList<Activity> Activities, string Watermark)
{
    public string ToJson() => $$"""{"activities":[{{string.Join(',', Activities.Select(activity => activity.ToJson()))}}],"watermark":"{{Watermark}}"}""";

    public override string ToString() => "activities";
}

/// <summary>Answers offered (建议操作); every one can also be typed as its number.</summary>
public sealed record SuggestedActions(IReadOnlyList<CardAction> Actions);

/// <summary>One of them: what is shown, and what choosing it says.</summary>
public sealed record CardAction(string Type, string Title, string Value);
