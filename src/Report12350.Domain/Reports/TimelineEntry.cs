using Report12350.Domain.Access;

namespace Report12350.Domain.Reports;

/// <summary>One line of a report's history (办理过程): an act, a message or a note. Its text is sealed, its facts are not.</summary>
public sealed class TimelineEntry
{
    private TimelineEntry()
    {
    }

    internal TimelineEntry(Guid id, int step, string act, DateTimeOffset at, Actor actor, bool forReporter, string? fact, byte[]? text)
    {
        Id = id;
        Step = step;
        Act = act;
        At = at;
        Actor = actor.Kind;
        StaffId = actor.StaffId;
        Role = actor.Role;
        Department = actor.Department;
        ForReporter = forReporter;
        Fact = fact;
        SealedText = text;
    }

    public Guid Id { get; private set; }

    /// <summary>The report's step this entry made: a client that was away asks for all after its last.</summary>
    public int Step { get; private set; }

    /// <summary>Name of the <see cref="ReportAction"/>, or <c>File</c>.</summary>
    public string Act { get; private set; } = "";

    public DateTimeOffset At { get; private set; }

    public ActorKind Actor { get; private set; }

    public Guid? StaffId { get; private set; }

    public Role? Role { get; private set; }

    public string? Department { get; private set; }

    /// <summary>Whether the reporter sees this entry.</summary>
    public bool ForReporter { get; private set; }

    /// <summary>What an act decided, in a word the texts know: a department, a reason, a finding, a date.</summary>
    public string? Fact { get; private set; }

    public byte[]? SealedText { get; private set; }
}
