using Report12350.Tests.Hosting;

namespace Report12350.Tests.Web;

/// <summary>What each page says of a wrong answer, beside the field, with what was typed still there.</summary>
public sealed class FilingFaultsTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    public static TheoryData<string, string, string, string> Faults() => new()
    {
        { "kind", "Kind=", "Kind", "请选一类" },
        { "kind", "Kind=Nonsense", "Kind", "" },
        { "sector", "", "Sector", "不确定" },
        { "sector", "Sector=nowhere", "Sector", "不确定" },
        { "where", "Place=人民路", "Town", "镇" },
        { "where", "Town=gongping", "Place", "例如" },
        { "unit", "Unit=+", "Unit", "描述" },
        { "unit", "Unit=某厂&UnitCreditCode=123", "UnitCreditCode", "18 位" },
        { "what", "Witnesses=老王", "Narrative", "发生了什么" },
        { "when", "When=昨天&Urgent=True", "StillGoingOn", "继续" },
        { "when", "StillGoingOn=True&Urgent=True", "When", "例如" },
        { "when", "When=昨天&StillGoingOn=True", "Urgent", "出事" },
        { "who", "Name=陈某", "Anonymity", "匿名" },
        { "who", "Anonymity=Named&Phone=13800001234", "Name", "姓名" },
        { "who", "Anonymity=Named&Name=陈某&Phone=没有", "Phone", "例如" },
        { "reward", "", "RewardWanted", "奖励" },
        { "reward", "RewardWanted=True&NotExcluded=true&ClaimCode=123", "ClaimCode", "8 个字" },
        { "reward", "RewardWanted=True&ClaimCode=1234567890&ClaimCodeAgain=1234567890", "NotExcluded", "确认" },
        { "reward", "RewardWanted=True&NotExcluded=true&ClaimCode=1234567890&ClaimCodeAgain=1234567891", "ClaimCodeAgain", "不一样" },
        { "reward", "RewardWanted=True&NotExcluded=true&ClaimCode=1234567890", "ClaimCodeAgain", "不一样" },
        { "check", "", "TruthPledged", "承诺" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_wrong_answer_is_told_beside_its_field_and_what_was_typed_stays(string page, string answers, string field, string says)
    {
        var browser = await FilingWalk.StartAsync(app, $"/report/{page}");
        (string Name, string Value)[] typed = [.. answers.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=')).Select(a => (a[0], a[1].Replace('+', ' ')))];
        await browser.SendAsync(typed);

        browser.Path.ShouldBe($"/report/{page}");
        browser.ErrorOf(field).ShouldNotBeNull().ShouldContain(says);
        browser.Page.Title!.ShouldStartWith("请更正");
        foreach (var (name, value) in typed.Where(t => t.Value.Trim().Length > 0 && t.Value is not ("Nonsense" or "nowhere")))
            browser.ValueOf(name)!.Trim().ShouldBe(value, name);
    }

    [Fact]
    public async Task The_summary_lists_faults_in_the_order_of_the_page()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/when");
        await browser.SendAsync();
        browser.Page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")).ShouldBe(["#When", "#StillGoingOn", "#Urgent"]);
    }

    [Fact]
    public async Task A_narrative_that_is_too_long_is_kept_whole()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        var narrative = new string('长', 2001);
        await browser.SendAsync(("Narrative", narrative), ("SectorAnswers[x]", "不问的"));
        browser.ErrorOf("Narrative").ShouldNotBeNull().ShouldContain("2000");
        browser.ValueOf("Narrative")!.Trim().ShouldBe(narrative);
        browser.Page.QuerySelector("textarea")!.HasAttribute("maxlength").ShouldBeFalse();
    }

    [Fact]
    public async Task Lines_break_as_one_sign_whatever_the_browser_sends()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        await browser.SendAsync(("Narrative", string.Concat(Enumerable.Repeat("\r\n", 1000)) + new string('长', 900) + "\r\n" + new string('短', 1000)));
        browser.Path.ShouldNotBe("/report/what");
    }

    [Fact]
    public async Task A_sectors_own_answer_that_is_too_long_is_told_beside_its_question()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/sector");
        await browser.SendAsync(("Sector", "gongmao"));
        await browser.WalkToAsync("/report/what");
        await browser.SendAsync(("Narrative", "没有护罩"), ("SectorAnswers[workers]", new string('多', 201)), ("SectorAnswers[dormitory]", "True"));
        browser.ErrorOf("SectorAnswers[workers]").ShouldNotBeNull().ShouldContain("200");
        browser.ValueOf("SectorAnswers[dormitory]").ShouldBe("True");
        await browser.SendAsync(("Narrative", "没有护罩"), ("SectorAnswers[workers]", "三十个"), ("SectorAnswers[dormitory]", "True"));
        browser.Path.ShouldNotBe("/report/what");
    }

    [Fact]
    public async Task Deaths_are_asked_of_a_concealed_accident_only()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/when");
        browser.Page.QuerySelector("[name=Deaths]").ShouldBeNull();
        await browser.OpenAsync("/report/kind");
        await browser.SendAsync(("Kind", "ConcealedAccident"));
        await browser.OpenAsync("/report/when");
        await browser.SendAsync(("When", "上周"), ("StillGoingOn", "False"), ("Urgent", "False"), ("Deaths", "几个"));
        browser.ErrorOf("Deaths").ShouldNotBeNull().ShouldContain("数字");
        browser.ValueOf("Deaths").ShouldBe("几个");
        await browser.SendAsync(("When", "上周"), ("StillGoingOn", "False"), ("Urgent", "False"));
        browser.ErrorOf("Deaths").ShouldNotBeNull();
    }

    [Fact]
    public async Task Candidates_are_offered_and_none_excludes_the_others()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/criteria");
        var candidate = browser.Page.QuerySelector("main input[type=checkbox]")!.GetAttribute("value")!;
        await browser.SendAsync(("Criteria", candidate), ("Criteria", "none"));
        browser.ErrorOf("Criteria").ShouldNotBeNull();
        await browser.SendAsync(("Criteria", candidate));
        browser.Path.ShouldBe("/report/when");
    }

    [Fact]
    public async Task A_narrative_without_candidates_goes_straight_on()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/what");
        await browser.SendAsync(("Narrative", "啊啊啊"));
        browser.Path.ShouldBe("/report/when");
        await browser.OpenAsync("/report/criteria");
        browser.Path.ShouldBe("/report/when");
    }

    [Fact]
    public async Task A_name_typed_and_then_withheld_is_not_kept()
    {
        var browser = await FilingWalk.StartAsync(app, "/report/who");
        await browser.SendAsync(("Anonymity", "Named"), ("Name", "陈某"), ("Phone", "13800001234"));
        await browser.OpenAsync("/report/who");
        browser.ValueOf("Name").ShouldBe("陈某");
        browser.ValueOf("Phone").ShouldBe("13800001234");
        await browser.SendAsync(("Anonymity", "Anonymous"), ("Name", "陈某"), ("Phone", "13800001234"));
        await browser.OpenAsync("/report/who");
        browser.ValueOf("Name").ShouldBeNullOrEmpty();
    }

    [Theory]
    [InlineData("zh-CN", "60 天", "300,000 元")]
    [InlineData("en", "60 days", "CNY 300,000")]
    public async Task The_rules_of_the_reward_are_public(string language, string days, string cap)
    {
        using var browser = new FilingBrowser(app, language);
        await browser.OpenAsync("/reward-rules");
        browser.Text.ShouldContain(days);
        browser.Text.ShouldContain(cap);
    }
}
