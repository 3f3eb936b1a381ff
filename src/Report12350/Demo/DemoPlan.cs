using Report12350.Domain.Reports;

namespace Report12350.Demo;

/// <summary>What happens in the demonstration, each act at its moment; played in order until today.</summary>
internal sealed class DemoPlan
{
    private readonly PriorityQueue<Func<Task>, DateTimeOffset> acts = new();

    public void At(DateTimeOffset moment, Func<Task> act) => acts.Enqueue(act, moment);

    public async Task PlayAsync(DemoClock clock, DateTimeOffset until)
    {
        while (acts.TryDequeue(out var act, out var moment) && moment <= until)
        {
            clock.Set(moment);
            await act();
        }
    }
}

/// <summary>One report's way through the procedure: acts follow each other after so many days.</summary>
internal sealed class DemoWay(DemoPlan plan, Random random, DateTimeOffset start)
{
    private DateTimeOffset moment = start;

    public ReportId Report { get; set; }

    public string Number { get; set; } = "";

    /// <summary>Next act, this many days later at the latest, within office hours.</summary>
    public DemoWay Then(double withinDays, Func<DemoWay, Task> act)
    {
        moment = moment.AddDays((0.2 + (0.8 * random.NextDouble())) * withinDays);
        plan.At(moment, () => act(this));
        return this;
    }
}
