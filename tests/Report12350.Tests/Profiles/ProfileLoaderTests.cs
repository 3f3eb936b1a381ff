using Report12350.Domain.Deadlines;
using Report12350.Profiles;

namespace Report12350.Tests.Profiles;

public class ProfileLoaderTests
{
    private static readonly JurisdictionProfile Haifeng = HaifengProfile.Loaded;

    [Fact]
    public void Haifeng_has_twelve_towns_two_farms_one_zone_and_four_towns_run_by_another_body()
    {
        Haifeng.Towns.Where(town => town.IsManaged).CountBy(town => town.Type).ToDictionary().ShouldBe(
            new Dictionary<TownType, int> { [TownType.Town] = 12, [TownType.Farm] = 2, [TownType.Zone] = 1 }, ignoreOrder: true);
        Haifeng.Towns.Where(town => !town.IsManaged).Select(town => town.Id).ShouldBe(["xiaomo", "ebu", "chishi", "houmen"], ignoreOrder: true);
        Haifeng.Town("gongping").OfficeDepartment.ShouldBe("town_gongping");
        Haifeng.Department("town_gongping").Name.ShouldBe("公平镇应急管理办公室");
        Haifeng.Department("town_development_zone").Name.ShouldBe("海丰经济开发区安委会");
        Haifeng.FindTown("nowhere").ShouldBeNull();
    }

    [Fact]
    public void Haifeng_has_its_bodies_and_all_238_criteria()
    {
        Haifeng.Department(Haifeng.SafetyCommitteeOffice).Id.ShouldBe("awb");
        Haifeng.Department(Haifeng.CountyGovernment).Id.ShouldBe("county_gov");
        Haifeng.Department(Haifeng.ReexaminationBody).Name.ShouldBe("汕尾市应急管理局");
        Haifeng.Criteria.Criteria.Count.ShouldBe(238);
        Haifeng.UtcOffset.ShouldBe(TimeSpan.FromHours(8));
    }

    [Fact]
    public void The_form_offers_at_most_nine_headings_and_each_has_sectors()
    {
        Haifeng.SectorGroups.Count.ShouldBeLessThanOrEqualTo(9);
        Haifeng.SectorGroups.ShouldAllBe(group => Haifeng.Sectors.Any(sector => sector.Group == group.Id));
    }

    [Fact]
    public void The_clocks_and_amounts_are_those_of_the_casework_table()
    {
        var day = new DateOnly(2026, 3, 1);
        var clocks = Haifeng.Clocks.On(day);
        clocks.PausableClocks.ShouldBe([ClockKind.Verify, ClockKind.Rectify], ignoreOrder: true);
        clocks.ShouldBe(new ClockRules { PausableClocks = clocks.PausableClocks });
        Haifeng.RewardScale.EntryOn(day).EffectiveFrom.ShouldBe(new DateOnly(2018, 1, 4));
        Haifeng.AnonymousPayout.On(day).ShouldBe(AnonymousPayout.Code);
        Haifeng.Committee.On(day).Quorum.ShouldBe(3);
        Haifeng.Uploads.MaxFileBytes.ShouldBe(50 * 1024 * 1024);
        Haifeng.Uploads.Allows("image/jpeg").ShouldBeTrue();
        Haifeng.Uploads.Allows("image/svg+xml").ShouldBeFalse();
        Haifeng.LegalTexts["pledge.truth"].In("en").ShouldStartWith("I confirm");
        Haifeng.LegalTexts.StartingWith("notice.").Count.ShouldBe(8);
    }

    [Fact]
    public void Values_to_check_before_go_live_are_listed_with_their_lines()
    {
        Haifeng.Warnings.ShouldContain(text => text.StartsWith("clocks.yaml:7: acceptDays = 15: Low") && text.EndsWith("check before go-live"));
        Haifeng.Warnings.ShouldContain(text => text.Contains("insiderUpliftPercent = 20"));
        Haifeng.Warnings.ShouldContain(text => text.Contains("holiday notices cover 2024 to 2026"));
        Haifeng.Warnings.ShouldNotContain(text => text.Contains("verifyDays"));
    }
}
