using System.Text.Json;
using System.Text.Json.Serialization;
using Report12350.Intake;

namespace Report12350.Bot.Dialogues;

/// <summary>Where a dialogue stands (对话状态). What was answered stands in the draft, which the form shares.</summary>
public sealed class DialogueState
{
    private const int MostHeard = 100;

    public Guid Conversation { get; set; }

    public FilingStep Step { get; set; }

    /// <summary>Questions already asked, for going back.</summary>
    public List<FilingStep> Asked { get; set; } = [];

    /// <summary>Cookie of the draft the answers go into.</summary>
    public string Draft { get; set; } = "";

    /// <summary>The answers as this turn leaves them; they are kept with it, or not at all.</summary>
    [JsonIgnore]
    public SaveDraft? Unsaved { get; set; }

    /// <summary>Group of sectors opened, while one is being chosen.</summary>
    public string? SectorGroup { get; set; }

    /// <summary>Lines offered for changing.</summary>
    public bool Changing { get; set; }

    /// <summary>The line chosen.</summary>
    public FilingStep ToChange { get; set; }

    /// <summary>Asked whether everything is really to be thrown away.</summary>
    public bool Restarting { get; set; }

    /// <summary>Hash of the claim code typed once; it counts when it is typed again.</summary>
    public byte[]? ClaimCodeOnce { get; set; }

    public bool EmergencyTold { get; set; }

    /// <summary>Activities in the conversation's log: the last one's number.</summary>
    public int Lines { get; set; }

    /// <summary>Bytes in it.</summary>
    public long Size { get; set; }

    /// <summary>Bytes of files taken, also of those left out again.</summary>
    public long FileBytes { get; set; }

    /// <summary>When the last was said; the next is later.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>举报编号 of the report whose steps are told here: the one filed, or the one opened last.</summary>
    public string? Number { get; set; }

    /// <summary>The report's last step that was told here.</summary>
    public int StepTold { get; set; }

    public TrackingState Tracking { get; set; } = new();

    /// <summary>On a channel of somebody else's: what was said stays there too, and nobody is told anything unasked.</summary>
    public bool OnChannel { get; set; }

    /// <summary>The last messages that may be sent again, by what their sender calls them, and the line each one became.</summary>
    public List<HeardOnce> Heard { get; set; } = [];

    /// <summary>The line it became; null when it is new.</summary>
    public int? LineOf(string? once) => once is null ? null : Heard.Find(heard => heard.Id == once)?.Line;

    public void Hear(string? once, int line)
    {
        if (once is null)
            return;
        Heard.Add(new HeardOnce(once, line));
        Heard.RemoveRange(0, Math.Max(0, Heard.Count - MostHeard));
    }

    /// <summary>From the step after this one on, it is told here what happens to the report.</summary>
    public void Follow(string number, int step) => (Number, StepTold) = (number, step);

    public static DialogueState Parse(string json) => JsonSerializer.Deserialize<DialogueState>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    public override string ToString() => "dialogue";
}

/// <summary>Where the following of a report stands (查进度状态).</summary>
public sealed class TrackingState
{
    public TrackingStep Step { get; set; }

    /// <summary>Row and key of what the receipt gave: the page's own pass, good for half an hour. Gone when the report is left.</summary>
    public string? Held { get; set; }

    /// <summary>What was offered last, in its order.</summary>
    public IReadOnlyList<TrackingChoice> Offered { get; set; } = [];

    /// <summary>The report's step when a text or a confirmation was asked for.</summary>
    public int AskedAt { get; set; }

    /// <summary>The last message told here, by its step.</summary>
    public int MessageTold { get; set; }

    /// <summary>Written after the pass had run out, and not sent.</summary>
    public string? Unsent { get; set; }

    /// <summary>The step it was written at.</summary>
    public TrackingStep UnsentAt { get; set; }

    /// <summary>举报编号 of the report it was written for.</summary>
    public string? UnsentFor { get; set; }

    public override string ToString() => "tracking";
}

/// <summary>A message taken, so that it is not taken twice.</summary>
public sealed record HeardOnce(string Id, int Line);
