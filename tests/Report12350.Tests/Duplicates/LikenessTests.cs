using System.Text.Json;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Duplicates;
using Report12350.Intake;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Duplicates;

/// <summary>How well fingerprints tell two people's words about one event from two events.</summary>
public sealed class LikenessTests : IDisposable
{
    /// <summary>Keys of their own, so that the figures are the same each time.</summary>
    private readonly TempRing ring = new(JsonSerializer.Serialize(new
    {
        SitePepper = Key(1), SiteSalt = Key(2)[..16], IndexKey = Key(3), SessionKey = Key(4), SigningSeed = Key(5),
    }));

    public void Dispose() => ring.Dispose();

    [Fact]
    public void Of_written_pairs_eight_in_ten_are_found_and_nine_in_ten_found_are_right()
    {
        var fingerprints = new Fingerprints(ring.Ring);
        var scored = Pair.All.Select(pair => (pair.Same, Said: Scored(fingerprints, pair.One, pair.Other) >= Like.Same)).ToList();
        var (right, wrong, missed) = (scored.Count(p => p is { Same: true, Said: true }), scored.Count(p => p is { Same: false, Said: true }), scored.Count(p => p is { Same: true, Said: false }));
        var (precision, recall) = (right / (double)(right + wrong), right / (double)(right + missed));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Pair.All.Count} pairs, {right + missed} of one event; threshold {Like.Same}: precision {precision:0.00}, recall {recall:0.00}");

        Pair.All.Count.ShouldBeGreaterThanOrEqualTo(40);
        precision.ShouldBeGreaterThanOrEqualTo(0.9);
        recall.ShouldBeGreaterThanOrEqualTo(0.8);
    }

    [Fact]
    public void Among_all_reports_the_other_half_of_a_pair_comes_first()
    {
        var fingerprints = new Fingerprints(ring.Ring);
        var pairs = Pair.All.Where(pair => pair.Same).ToList();
        var others = pairs.ConvertAll(pair => Of(fingerprints, pair.Other));
        var first = pairs.Select(pair => others.MaxBy(other => Like.Of(default, Of(fingerprints, pair.One), other).Score)).ToList();
        var found = first.Where((best, i) => best == others[i]).Count();
        TestContext.Current.TestOutputHelper!.WriteLine($"{found} of {pairs.Count} found first among {others.Count}");

        (found / (double)pairs.Count).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    [Fact]
    public void Under_another_index_key_everything_is_another()
    {
        using var elsewhere = new TempRing();
        var answers = Pair.All[0].One;
        var (here, there) = (Of(new Fingerprints(ring.Ring), answers), Of(new Fingerprints(elsewhere.Ring), answers));

        there.Unit.ShouldNotBe(here.Unit);
        here.Likeness(there).ShouldBeLessThan(0.05);
        here.Likeness(Of(new Fingerprints(ring.Ring), answers)).ShouldBe(1);
    }

    [Fact]
    public void Two_alike_look_different_where_they_are_kept()
    {
        var fingerprints = new Fingerprints(ring.Ring);
        var fingerprint = Of(fingerprints, Pair.All[0].One);
        var (one, other) = (fingerprints.Seal(fingerprint, Id(1)), fingerprints.Seal(fingerprint, Id(2)));

        one.Length.ShouldBe(other.Length);
        // The header says suite and key; what follows agrees no more than two rolls of dice.
        one.Skip(5).Zip(other.Skip(5)).Count(pair => pair.First == pair.Second).ShouldBeLessThan(12);
        Should.Throw<SealBrokenException>(() => fingerprints.Open(one, Id(2)));
    }

    [Theory]
    [InlineData("公平镇金源制衣厂", "金源制衣厂")]
    [InlineData("海丰县公平镇金源制衣有限公司", "金源制衣")]
    [InlineData("广东省汕尾市海丰县公平镇金源制衣有限责任公司", "金源制衣")]
    [InlineData("（公平）金源　制衣 厂。", "金源制衣厂")]
    [InlineData("ＡＢＣ电子厂", "abc 电子厂")]
    [InlineData("Jinyuan Garment Co., Ltd.", "JINYUAN GARMENT")]
    public void A_unit_is_one_however_it_is_typed(string typed, string otherwise) => Unit(typed).ShouldBe(Unit(otherwise));

    [Theory]
    [InlineData("金源制衣厂", "宏发制衣厂")]
    [InlineData("公平制衣厂", "梅陇制衣厂")]
    public void Two_units_stay_two(string one, string other) => Unit(one).ShouldNotBe(Unit(other));

    [Fact]
    public void A_name_in_another_town_is_another_unit() => Unit("福满楼酒家").ShouldNotBe(Unit("福满楼酒家", "meilong"));

    [Theory]
    [InlineData("")]
    [InlineData("。")]
    [InlineData("烟")]
    public void Hardly_anything_said_has_a_fingerprint_too(string narrative) =>
        Of(new Fingerprints(ring.Ring), new ReportAnswers { Town = "gongping", Unit = "某厂", Narrative = narrative }).Narrative.Length.ShouldBe(240);

    private static string Unit(string name, string town = "gongping") => ComparedForm.Unit(new ReportAnswers { Unit = name, Town = town }, HaifengProfile.Loaded);

    private static Fingerprint Of(Fingerprints fingerprints, ReportAnswers answers) =>
        fingerprints.Of(ComparedForm.Unit(answers, HaifengProfile.Loaded), ComparedForm.Bigrams(answers.Narrative));

    private static int Scored(Fingerprints fingerprints, ReportAnswers one, ReportAnswers other) =>
        Like.Of(default, Of(fingerprints, one), Of(fingerprints, other)).Score;

    private static byte[] Key(byte no) => [.. Enumerable.Repeat(no, 32)];

    private static ReportId Id(int no) => new(new Guid(no, 0, 0, new byte[8]));
}
