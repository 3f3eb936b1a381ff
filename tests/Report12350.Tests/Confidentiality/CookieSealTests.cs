using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class CookieSealTests
{
    private static readonly Visit Sample = new(Guid.NewGuid(), [1, 2, 3], DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_sealed_cookie_opens_on_any_node_with_the_ring()
    {
        using var temp = new TempRing();
        var cookie = new CookieSeal(temp.Ring).Seal(Sample, "track");

        new CookieSeal(KeyRing.OpenOrCreate(temp.Folder)).TryOpen<Visit>(cookie, "track", out var visit).ShouldBeTrue();
        visit.ReportId.ShouldBe(Sample.ReportId);
        visit.Key.ShouldBe(Sample.Key);
        cookie.ShouldAllBe(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-' || sign == '_');
        cookie.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public void A_cookie_for_one_purpose_is_no_good_for_another()
    {
        using var temp = new TempRing();
        using var elsewhere = new TempRing();
        var cookie = new CookieSeal(temp.Ring).Seal(Sample, "track");

        new CookieSeal(temp.Ring).TryOpen<Visit>(cookie, "draft", out _).ShouldBeFalse();
        new CookieSeal(elsewhere.Ring).TryOpen<Visit>(cookie, "track", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not/base64!")]
    [InlineData("AAAA")]
    [InlineData("A")]
    public void Rubbish_in_a_cookie_is_no_cookie(string? cookie)
    {
        using var temp = new TempRing();

        new CookieSeal(temp.Ring).TryOpen<Visit>(cookie, "track", out var visit).ShouldBeFalse();
        visit.ShouldBeNull();
    }

    [Fact]
    public void A_cookie_of_another_shape_is_no_cookie()
    {
        using var temp = new TempRing();
        var seal = new CookieSeal(temp.Ring);

        seal.TryOpen<Visit>(seal.Seal("text", "track"), "track", out _).ShouldBeFalse();
    }

    private sealed record Visit(Guid ReportId, byte[] Key, DateTimeOffset Expires);
}
