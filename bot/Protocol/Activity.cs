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

    public ChannelAccount? From { get; init; }

    public string? Text { get; init; }

    /// <summary>Always plain: with marks in it, a text that comes back could show a link that is none of ours.</summary>
    public string TextFormat { get; init; } = "plain";

    public string? Locale { get; init; }

    public SuggestedActions? SuggestedActions { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Rest { get; init; }

    [JsonIgnore]
    public bool IsOurs => From?.Role == "bot";

    public static Activity Parse(string json) => JsonSerializer.Deserialize<Activity>(json, Json) ?? throw new JsonException("No activity.");

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public override string ToString() => "activity";
}

/// <summary>Who says it.</summary>
/// <param name="Role"><c>bot</c> or <c>user</c>.</param>
public sealed record ChannelAccount(string Id, string Role);

/// <summary>Answers offered (建议操作); every one can also be typed as its number.</summary>
public sealed record SuggestedActions(IReadOnlyList<CardAction> Actions);

/// <summary>One of them: what is shown, and what choosing it says.</summary>
public sealed record CardAction(string Type, string Title, string Value);
