using Microsoft.Extensions.Time.Testing;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Domain.Rewards;
using Report12350.Web;

namespace Report12350.Tests.Web;

public sealed class TextsTests
{
    private static readonly TextBook Book = TextBook.Load(strict: true);
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 3, 10, 1, 0, 0, TimeSpan.Zero));
    private static readonly Texts Chinese = new(Book, TextBook.Chinese, Clock);
    private static readonly Texts English = new(Book, TextBook.English, Clock);

    [Fact]
    public void Every_text_is_there_in_both_languages()
    {
        foreach (var key in Book.Keys)
        {
            Book.Find(key, TextBook.Chinese).ShouldNotBeNullOrWhiteSpace(key);
            Book.Find(key, TextBook.English).ShouldNotBeNullOrWhiteSpace(key);
        }
    }

    [Theory]
    [InlineData(typeof(ReportState))]
    [InlineData(typeof(ReportAction))]
    [InlineData(typeof(MatterKind))]
    [InlineData(typeof(Finding))]
    [InlineData(typeof(DeclineReason))]
    [InlineData(typeof(Role))]
    [InlineData(typeof(Channel))]
    [InlineData(typeof(Anonymity))]
    [InlineData(typeof(ReporterKind))]
    [InlineData(typeof(SupervisionStep))]
    [InlineData(typeof(ClockKind))]
    [InlineData(typeof(EvidencePurpose))]
    [InlineData(typeof(Trace))]
    [InlineData(typeof(ActorKind))]
    [InlineData(typeof(RewardState))]
    [InlineData(typeof(RewardAction))]
    [InlineData(typeof(IneligibleReason))]
    [InlineData(typeof(Ballot))]
    [InlineData(typeof(ErasureReason))]
    [InlineData(typeof(RevealReason))]
    [InlineData(typeof(RevealState))]
    public void Every_value_the_procedure_knows_has_a_word(Type type)
    {
        foreach (Enum value in Enum.GetValues(type))
        {
            Chinese.Word(value).ShouldNotBeNullOrWhiteSpace();
            English.Word(value).ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public void A_missing_text_is_noticed() => Should.Throw<KeyNotFoundException>(() => Chinese["no.such.text"]);

    [Fact]
    public void Days_are_written_as_people_say_them()
    {
        Chinese.Day(new DateOnly(2026, 3, 16)).ShouldBe("3月16日(周一)");
        Chinese.Day(new DateOnly(2027, 3, 16)).ShouldBe("2027年3月16日(周二)");
        English.Day(new DateOnly(2026, 3, 16)).ShouldBe("Mon 16 March");
    }

    [Fact]
    public void Today_is_the_countys_day()
    {
        var late = new Texts(Book, TextBook.Chinese, new FakeTimeProvider(new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero)));

        late.Today.ShouldBe(new DateOnly(2027, 1, 1));
    }

    [Theory]
    [InlineData(3, "还剩 3 天")]
    [InlineData(0, "今天到期")]
    [InlineData(-2, "超期 2 天")]
    public void A_deadline_is_told_in_words(int days, string words) => Chinese.Left(days).ShouldBe(words);

    [Fact]
    public void Money_shows_fen_only_when_there_are_some()
    {
        Chinese.Money(300000m).ShouldBe("300,000 元");
        Chinese.Money(3000.5m).ShouldBe("3,000.50 元");
        English.Money(3000m).ShouldBe("CNY 3,000");
    }

    [Fact]
    public void A_receipt_is_spaced_in_fives() => Texts.Fives("1234567890123").ShouldBe("12345 67890 123");
}
