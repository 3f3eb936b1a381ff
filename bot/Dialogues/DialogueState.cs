using System.Text.Json;

namespace Report12350.Bot.Dialogues;

/// <summary>Where a dialogue stands (对话状态). What was answered stands in the draft, which the form shares.</summary>
public sealed class DialogueState
{
    public FilingStep Step { get; set; }

    /// <summary>Questions already asked, for going back.</summary>
    public List<FilingStep> Asked { get; set; } = [];

    /// <summary>Cookie of the draft the answers go into.</summary>
    public string Draft { get; set; } = "";

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

    /// <summary>Characters in it.</summary>
    public long Size { get; set; }

    /// <summary>When the last was said; the next is later.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>举报编号, once it is filed.</summary>
    public string? Number { get; set; }

    /// <summary>The report's last step that was told here.</summary>
    public int StepTold { get; set; }

    public static DialogueState Parse(string json) => JsonSerializer.Deserialize<DialogueState>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);

    public override string ToString() => "dialogue";
}
