using Report12350.Bot.Dialogues;
using Report12350.Domain.Reports;
using Report12350.Tests.Architecture;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Bot;

/// <summary>160 first sentences with what they say; half of them held out. How much is heard, and how much of it is right, is printed.</summary>
public sealed class UnderstandingTests(ITestOutputHelper output)
{
    private static readonly Understanding Ear = new(HaifengProfile.Loaded);
    private static readonly IReadOnlyList<Sentence> All = Read();

    public static TheoryData<string, bool> Halves => new() { { "tuned on", false }, { "held out", true } };

    [Theory, MemberData(nameof(Halves))]
    public void Towns_and_sectors_are_heard(string name, bool heldOut)
    {
        All.Count.ShouldBeGreaterThanOrEqualTo(150);
        var half = All.Where(s => s.HeldOut == heldOut).Select(s => (Said: s, Heard: Ear.Read(s.Text))).ToList();
        var town = Score(name, "town", half.Select(s => (s.Said.Town, s.Heard.Town)));
        var sector = Score(name, "sector", half.Select(s => (s.Said.Sector, s.Heard.Sector)));
        Score(name, "unit", half.Select(s => (s.Said.Unit, s.Heard.Unit)));
        Score(name, "when", half.Select(s => (s.Said.When, s.Heard.When)));
        Score(name, "still", half.Select(s => (s.Said.Still, s.Heard.StillGoingOn is true ? "y" : s.Heard.StillGoingOn is false ? "n" : null)));
        foreach (var (said, heard) in half.Where(s => !heldOut && (s.Said.Sector != s.Heard.Sector || s.Said.Town != s.Heard.Town || s.Said.Unit != s.Heard.Unit)))
            output.WriteLine($"{said.Text}: {said.Town} {said.Sector} {said.Unit}, heard {heard.Town} {heard.Sector} {heard.Unit}");
        town.ShouldBeGreaterThanOrEqualTo(0.9);
        sector.ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public void Every_sector_and_every_town_is_among_the_sentences()
    {
        HaifengProfile.Loaded.Sectors.Select(s => s.Id).Except(All.Select(s => s.Sector)).ShouldBe(["unknown_new_industry"]);
        HaifengProfile.Loaded.Towns.Select(t => t.Id).Except(All.Select(s => s.Town)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("工地死了两个人老板瞒报", 2)]
    [InlineData("压死3个工人", 3)]
    [InlineData("上个月有三个人在矿洞里遇难", 3)]
    [InlineData("老板死要钱", null)]
    public void The_dead_are_counted(string said, int? deaths) => Ear.Read(said).Deaths.ShouldBe(deaths);

    [Fact]
    public void A_concealed_accident_is_heard() => Ear.Read("电死了一个工人，老板隐瞒").Kind.ShouldBe(MatterKind.ConcealedAccident);

    [Fact]
    public void Neither_length_nor_rubbish_stops_it()
    {
        foreach (var said in (string[])["", "🙂🙂", "‮abc", new string('煤', 100_000), string.Concat(Enumerable.Repeat("公平镇某某公司", 3_000)), "\0\u200b"])
            Should.NotThrow(() => Ear.Read(said));
    }

    /// <summary>The lesser of precision and recall.</summary>
    private double Score(string half, string slot, IEnumerable<(string? Said, string? Heard)> pairs)
    {
        var all = pairs.ToList();
        var right = all.Count(p => p.Said is not null && p.Said == p.Heard);
        double precision = (double)right / Math.Max(1, all.Count(p => p.Heard is not null));
        double recall = (double)right / Math.Max(1, all.Count(p => p.Said is not null));
        output.WriteLine($"{half}: {slot} precision {precision:0.00}, recall {recall:0.00} of {all.Count(p => p.Said is not null)}");
        return Math.Min(precision, recall);
    }

    private static IReadOnlyList<Sentence> Read() =>
    [
        .. File.ReadLines(Path.Combine(SourceFile.Root, "tests/Report12350.Tests/Bot/first-sentences.txt"))
            .Where(line => !line.StartsWith('#') && line.Contains('|', StringComparison.Ordinal))
            .Select((line, no) => line.Split('|', StringSplitOptions.TrimEntries) is var c
                ? new Sentence(c[0], None(c[1]), None(c[2]), None(c[3]), None(c[4]), None(c[5]), HeldOut: no % 2 == 1)
                : throw new InvalidDataException(line)),
    ];

    private static string? None(string cell) => cell == "-" ? null : cell;

    private sealed record Sentence(string Text, string? Town, string? Sector, string? Unit, string? When, string? Still, bool HeldOut);
}
