using Report12350.Domain.Deadlines;

namespace Report12350.Domain.Reports;

/// <summary>A running or stopped deadline (办理时限) of a report.</summary>
public sealed class Clock
{
    private Clock()
    {
    }

    internal Clock(ClockKind kind, DateTimeOffset startedAt, DateTimeOffset dueAt)
    {
        Id = Guid.CreateVersion7(startedAt);
        Kind = kind;
        StartedAt = startedAt;
        DueAt = dueAt;
    }

    public Guid Id { get; private set; }

    public ClockKind Kind { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>First instant at which the act is late.</summary>
    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Days in which something may still be said against a decision; when they are over nobody is late.</summary>
    public bool IsWindow => Kind is ClockKind.Contest or ClockKind.Objection;

    public bool Runs => StoppedAt is null && PausedAt is null;

    internal void Stop(DateTimeOffset now) => StoppedAt ??= now;

    internal void Extend(DateTimeOffset dueAt) => DueAt = dueAt;

    internal void Pause(DateTimeOffset now) => PausedAt = now;

    internal void Resume(DateTimeOffset dueAt)
    {
        DueAt = dueAt;
        PausedAt = null;
    }
}
