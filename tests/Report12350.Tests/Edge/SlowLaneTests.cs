using Microsoft.Extensions.Time.Testing;
using Report12350.Web.Security;

namespace Report12350.Tests.Edge;

public sealed class SlowLaneTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly SlowLane lane;
    private readonly Queue<IDisposable> busy = [];

    public SlowLaneTests() => lane = new SlowLane(time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_sends_one_form_is_next_though_another_of_the_network_sent_a_hundred()
    {
        await FillAsync();
        var junk = Enumerable.Range(0, 100).Select(_ => Enter(1, "junk")).ToList();
        var honest = Enter(1, "honest");

        busy.Dequeue().Dispose();
        (await junk[0])!.Dispose();
        (await honest).ShouldNotBeNull();
        junk.Skip(1).ShouldAllBe(j => !j.IsCompleted);
    }

    [Fact]
    public async Task Each_network_has_its_turn_however_many_visitors_another_has()
    {
        await FillAsync();
        var junk = Enumerable.Range(0, 100).Select(i => Enter(1, $"{i}")).ToList();
        var honest = Enter(2, "honest");

        busy.Dequeue().Dispose();
        (await junk[0])!.Dispose();
        (await honest).ShouldNotBeNull();
    }

    [Fact]
    public async Task When_the_line_is_full_the_longest_gives_way()
    {
        await FillAsync();
        var honest = Enter(1, "honest");
        var junk = Enumerable.Range(0, 2500).Select(_ => Enter(1, "junk")).ToList();

        lane.Waiting.ShouldBe(2000);
        (await junk[^1]).ShouldBeNull();
        busy.Dequeue().Dispose();
        (await honest)!.Dispose();
        (await junk[0]).ShouldNotBeNull();
    }

    [Fact]
    public async Task Large_forms_fill_the_line_too()
    {
        await FillAsync();
        var small = Enter(2, "small");
        var large = Enumerable.Range(0, 10).Select(_ => Enter(1, "large", 10_000_000)).ToList();

        (await large[^1]).ShouldBeNull();
        small.IsCompleted.ShouldBeFalse();
        lane.Waiting.ShouldBe(7);
    }

    [Fact]
    public async Task Who_left_or_waited_too_long_holds_nobody_up()
    {
        await FillAsync();
        using var leaving = new CancellationTokenSource();
        var left = lane.EnterAsync(1, "left", 1, leaving.Token);
        await leaving.CancelAsync();
        (await left).ShouldBeNull();
        var late = Enter(1, "late");
        time.Advance(TimeSpan.FromSeconds(31));
        (await late).ShouldBeNull();
        lane.Waiting.ShouldBe(0);

        var next = Enter(1, "next");
        busy.Dequeue().Dispose();
        (await next)!.Dispose();
        busy.Enqueue((await Enter(3, "again"))!);
    }

    private Task<IDisposable?> Enter(long network, string visitor, long size = 100) => lane.EnterAsync(network, visitor, size, Token);

    /// <summary>All who may go at once are going.</summary>
    private async Task FillAsync()
    {
        for (var i = 0; i < SlowLane.AtOnce; i++)
            busy.Enqueue((await Enter(0, "first"))!);
    }
}
