namespace Report12350.Tests.Profiles;

public class CriteriaCatalogueTests
{
    [Theory]
    [InlineData("冷库里氨味很大,水产加工的人都在里面", "gongmao", "gongmao/12(1)")]
    [InlineData("首饰车间粉尘很厚,积尘从不清理", "gongmao", "gongmao/11(10)")]
    [InlineData("电梯年检过期还在用", "special_equipment", "special_equipment/4.6a")]
    [InlineData("巷子里有人卖黑煤气,没有证", "gas", "gas/4(1)")]
    [InlineData("渔船把北斗关了,AIS 也拆了", "fishing_vessel", "fishing_vessel/4")]
    [InlineData("工人清池没有监护人,也不通风检测", null, "gongmao/13(2)")]
    public void A_narrative_suggests_the_criterion_that_fits(string narrative, string? sector, string id) =>
        HaifengProfile.Loaded.Criteria.Suggest(narrative, sector)[0].Criterion.Id.ShouldBe(id);

    [Fact]
    public void A_suggestion_shows_the_words_it_rests_on()
    {
        var match = HaifengProfile.Loaded.Criteria.Suggest("出租厂房里好几家厂中厂", "gongmao")[0];

        match.Criterion.Id.ShouldBe("gongmao/3(1)");
        match.MatchedKeywords.ShouldBe(["出租厂房", "厂中厂"], ignoreOrder: true);
    }

    [Fact]
    public void The_reporters_own_sector_comes_first_when_a_word_is_shared()
    {
        var catalogue = HaifengProfile.Loaded.Criteria;

        catalogue.Suggest("超载", "road_transport")[0].Criterion.Sector.ShouldBe("road_transport");
        catalogue.Suggest("超载", "construction")[0].Criterion.Sector.ShouldBe("construction");
    }

    [Fact]
    public void No_more_are_suggested_than_asked_for_and_none_without_a_word_in_common()
    {
        var catalogue = HaifengProfile.Loaded.Criteria;

        catalogue.Suggest("锅炉报警联锁安全阀仪表检验熄火", "special_equipment", max: 3).Count.ShouldBe(3);
        catalogue.Suggest("今天天气很好,其他没有", "gas").ShouldBeEmpty();
    }
}
