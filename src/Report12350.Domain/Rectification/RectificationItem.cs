namespace Report12350.Domain.Rectification;

/// <summary>整改清单的一项: measure, owner, funds and interim measures are sealed; the due date is not.</summary>
public sealed class RectificationItem
{
    private RectificationItem()
    {
    }

    internal RectificationItem(Guid id, int no, DateOnly dueOn, byte[] details)
    {
        Id = id;
        No = no;
        DueOn = dueOn;
        FirstDueOn = dueOn;
        SealedDetails = details;
    }

    public Guid Id { get; private set; }

    public int No { get; private set; }

    public DateOnly DueOn { get; private set; }

    public DateOnly FirstDueOn { get; private set; }

    public DateOnly? CompletedOn { get; private set; }

    public byte[] SealedDetails { get; private set; } = [];

    /// <summary>What was done, once it is; sealed.</summary>
    public byte[]? SealedOutcome { get; private set; }

    internal void RequireOpen()
    {
        if (CompletedOn is not null)
            throw new RuleBrokenException("rule.ItemCompletedAlready", No);
    }

    internal void Complete(DateOnly on, byte[] outcome)
    {
        RequireOpen();
        CompletedOn = on;
        SealedOutcome = outcome;
    }

    internal void Extend(DateOnly dueOn)
    {
        if (CompletedOn is not null || dueOn <= DueOn)
            throw new RuleBrokenException("rule.ItemExtensionInvalid", No);
        DueOn = dueOn;
    }
}
