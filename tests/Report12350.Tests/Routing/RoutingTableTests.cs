using Report12350.Domain.Reports;
using Report12350.Domain.Routing;
using Report12350.Tests.Profiles;

namespace Report12350.Tests.Routing;

public class RoutingTableTests
{
    private static readonly RoutingTable Haifeng = HaifengProfile.Loaded.Routing;

    [Fact]
    public void Every_sector_in_every_town_has_a_department_that_exists()
    {
        var profile = HaifengProfile.Loaded;
        foreach (var kind in Enum.GetValues<MatterKind>())
        {
            foreach (var sector in profile.Sectors)
            {
                foreach (var town in profile.Towns.Where(town => town.IsManaged))
                {
                    var answer = Haifeng.Route(new RoutingQuestion(kind, sector.Id, town.Id, ""));
                    profile.FindDepartment(answer.Lead).ShouldNotBeNull($"{sector.Id} leads to {answer.Lead}");
                    answer.Assist.ShouldAllBe(id => profile.FindDepartment(id) != null);
                    answer.Assist.ShouldNotContain(answer.Lead);
                    answer.Supervise.ShouldBe(profile.SafetyCommitteeOffice);
                }
            }
        }
    }

    [Theory]
    [InlineData("weihua", "yjglj")]
    [InlineData("gongmao", "yjglj")]
    [InlineData("gas", "zjj")]
    [InlineData("fire", "xfjydd")]
    [InlineData("fishing_vessel", "nyncj")]
    [InlineData("special_equipment", "scjgj")]
    [InlineData("unknown_new_industry", "awb")]
    [InlineData("no_such_sector", "awb")]
    public void A_sector_leads_to_its_department_and_anything_else_to_the_safety_committee_office(string sector, string lead) =>
        Haifeng.Route(new RoutingQuestion(MatterKind.MajorHazard, sector, "gongping", "")).Lead.ShouldBe(lead);

    [Fact]
    public void The_town_assists_with_its_own_office()
    {
        var answer = Haifeng.Route(new RoutingQuestion(MatterKind.MajorHazard, "gas", "gongping", ""));

        answer.Assist.ShouldContain("town_gongping");
        answer.Why.ShouldBe("rule gas; sector=gas");
    }

    [Fact]
    public void Small_works_are_led_by_the_town_and_by_the_safety_committee_office_when_the_town_is_unknown()
    {
        Haifeng.Route(new RoutingQuestion(MatterKind.MajorHazard, "small_construction", "ketang", "")).Lead.ShouldBe("town_ketang");
        Haifeng.Route(new RoutingQuestion(MatterKind.MajorHazard, "small_construction", "", "")).Lead.ShouldBe("awb");
    }

    [Fact]
    public void A_concealed_accident_goes_to_the_county_government_whatever_the_sector() =>
        Haifeng.Route(new RoutingQuestion(MatterKind.ConcealedAccident, "gas", "gongping", "")).Lead.ShouldBe("county_gov", "art. 73 para 2");

    [Theory]
    [InlineData("gongmao", "上周车间有人死亡,老板不让说", "county_gov", "people-died")]
    [InlineData("commerce", "加油站里抽烟", "yjglj", "petrol-station")]
    [InlineData("gas", "小店卖过期钢瓶", "scjgj", "gas-cylinder-words")]
    [InlineData("gongmao", "再这样下去迟早要死人的", "yjglj", "gongmao")]
    public void A_word_in_the_narrative_can_decide(string sector, string text, string lead, string rule)
    {
        var answer = Haifeng.Route(new RoutingQuestion(MatterKind.MajorHazard, sector, "haicheng", text));

        answer.Lead.ShouldBe(lead);
        answer.Rule.Id.ShouldBe(rule);
    }

    [Fact]
    public void No_shipped_rule_is_shadowed() => Haifeng.Shadowed().ShouldBeEmpty();

    [Fact]
    public void A_rule_that_an_earlier_one_swallows_is_reported()
    {
        var wide = Rule("wide", sectors: ["gas", "fire"]);
        var narrow = Rule("narrow", sectors: ["gas"], keywords: ["钢瓶"]);
        var table = new RoutingTable([wide, narrow, Rule("all")]);

        table.Shadowed().ShouldBe([(narrow, wide)]);
    }

    [Fact]
    public void A_rule_with_a_condition_shadows_no_rule_without_it()
    {
        var table = new RoutingTable([Rule("a", sectors: ["gas"], keywords: ["钢瓶"]), Rule("b", sectors: ["gas"]), Rule("all")]);

        table.Shadowed().ShouldBeEmpty();
    }

    [Fact]
    public void A_longer_keyword_is_shadowed_by_a_part_of_it()
    {
        var table = new RoutingTable([Rule("a", keywords: ["钢瓶"]), Rule("b", keywords: ["过期钢瓶"]), Rule("all")]);

        table.Shadowed().Single().Shadowed.Id.ShouldBe("b");
    }

    [Fact]
    public void A_table_without_a_last_word_is_refused() =>
        Should.Throw<ArgumentException>(() => new RoutingTable([Rule("gas", sectors: ["gas"])]));

    private static RoutingRule Rule(string id, string[]? sectors = null, string[]? keywords = null) =>
        new(id, [], sectors ?? [], [], keywords ?? [], "awb", [], "awb", "test", Confidence.High, Note: null);
}
