using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Report12350.Confidentiality;
using Report12350.Web.Security;

namespace Report12350.Tests.Edge;

public sealed class NetworkMarksTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("203.0.113.1", "203.0.113.200", true)]
    [InlineData("203.0.113.1", "::ffff:203.0.113.7", true)]
    [InlineData("203.0.113.1", "203.0.114.1", false)]
    [InlineData("2001:db8:1:2::3", "2001:db8:1:ffff::9", true)]
    [InlineData("2001:db8:1::3", "2001:db8:2::3", false)]
    public void Neighbours_share_a_mark(string one, string other, bool same)
    {
        var marks = new NetworkMarks(time);

        (marks.Of(IPAddress.Parse(one)) == marks.Of(IPAddress.Parse(other))).ShouldBe(same);
    }

    [Fact]
    public void A_mark_lasts_a_day_and_belongs_to_one_run_of_the_program()
    {
        var marks = new NetworkMarks(time);
        var today = marks.Of(IPAddress.Loopback);

        marks.Of(IPAddress.Loopback).ShouldBe(today);
        new NetworkMarks(time).Of(IPAddress.Loopback).ShouldNotBe(today);
        time.Advance(TimeSpan.FromDays(1));
        marks.Of(IPAddress.Loopback).ShouldNotBe(today);
    }

    [Fact]
    public void The_gauge_rises_with_what_comes_and_falls_with_time_for_that_network_alone()
    {
        var gauge = Gauge(("Flood:Burst", "10"));
        for (var i = 0; i < 35; i++)
            gauge.Note(IPAddress.Loopback);

        gauge.Height(IPAddress.Loopback).ShouldBe(3);
        gauge.Height(IPAddress.Parse("203.0.113.1")).ShouldBe(0);
        time.Advance(TimeSpan.FromMinutes(1));
        gauge.Height(IPAddress.Loopback).ShouldBe(2);
        time.Advance(TimeSpan.FromMinutes(2));
        gauge.Height(IPAddress.Loopback).ShouldBe(0);
    }

    [Fact]
    public void Many_networks_at_once_are_a_flood_of_the_site_and_memory_stays_bounded()
    {
        var gauge = Gauge(("Flood:SiteBurst", "1000"));
        for (var i = 0; i < 25_000; i++)
            gauge.Note(new IPAddress([10, (byte)(i >> 8), (byte)i, 1]));

        gauge.Height(IPAddress.Parse("203.0.113.1")).ShouldBe(16);
        gauge.Networks.ShouldBeLessThanOrEqualTo(10_000);
    }

    private FloodGauge Gauge(params (string Key, string Value)[] settings) => new(
        new NetworkMarks(time), new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build(), time);
}
