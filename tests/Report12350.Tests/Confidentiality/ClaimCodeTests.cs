using System.Text.RegularExpressions;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class ClaimCodeTests
{
    private static readonly Guid Report = Guid.NewGuid();

    [Fact]
    public void The_right_code_matches_however_it_is_spaced()
    {
        using var temp = new TempRing();
        var hash = ClaimCode.Hash("12345 67890", Report, temp.Ring);

        ClaimCode.Matches("1234567890", hash, Report, temp.Ring).ShouldBeTrue();
        ClaimCode.Matches(" \uFF11\uFF12345\u300067890 ", hash, Report, temp.Ring).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_code_another_report_or_another_site_does_not_match()
    {
        using var temp = new TempRing();
        using var elsewhere = new TempRing();
        var hash = ClaimCode.Hash("12345 67890", Report, temp.Ring);

        ClaimCode.Matches("1234567891", hash, Report, temp.Ring).ShouldBeFalse();
        ClaimCode.Matches("1234567890", hash, Guid.NewGuid(), temp.Ring).ShouldBeFalse();
        ClaimCode.Matches("1234567890", hash, Report, elsewhere.Ring).ShouldBeFalse();
        ClaimCode.Matches(null, hash, Report, temp.Ring).ShouldBeFalse();
        ClaimCode.Matches("short", hash, Report, temp.Ring).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1234567", false)]
    [InlineData(" 1234567 ", false)]
    [InlineData("12345678", true)]
    [InlineData(null, false)]
    public void Eight_signs_are_the_least(string? code, bool enough)
    {
        using var temp = new TempRing();

        ClaimCode.IsLongEnough(code).ShouldBe(enough);
        if (code is not null && !enough)
        {
            Should.Throw<ArgumentException>(() => ClaimCode.Hash(code, Report, temp.Ring));
        }
    }

    [Fact]
    public void A_suggested_code_is_ten_digits_in_two_groups()
    {
        var suggested = ClaimCode.Suggest();

        Regex.IsMatch(suggested, "^[0-9]{5} [0-9]{5}$", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue();
        ClaimCode.IsLongEnough(suggested).ShouldBeTrue();
        ClaimCode.Suggest().ShouldNotBe(suggested);
    }
}
