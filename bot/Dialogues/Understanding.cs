using System.Text;
using System.Text.RegularExpressions;
using Report12350.Domain.Reports;
using Report12350.Profiles;

namespace Report12350.Bot.Dialogues;

/// <summary>What a sentence says already (已说明的内容); null where it says nothing sure, and then it is asked.</summary>
/// <param name="SectorCandidates">Sectors it may be, the likeliest first; to be offered, not to be taken.</param>
public sealed record Understood(
    string? Town,
    string? Sector,
    IReadOnlyList<string> SectorCandidates,
    string? Unit,
    string? When,
    bool? StillGoingOn,
    MatterKind? Kind,
    int? Deaths)
{
    public bool IsAnything => this is not { Town: null, Sector: null, SectorCandidates: [], Unit: null, When: null, StillGoingOn: null, Kind: null, Deaths: null };
}

/// <summary>Listens for the answers in a sentence of Chinese (识别): towns, sectors, units, days, deaths. Words come from the county's profile; it suggests, the reporter confirms.</summary>
public sealed partial class Understanding(JurisdictionProfile profile)
{
    private const double PlaceCounts = 0.5;
    private const double CriterionCounts = 0.25;
    private const double Ahead = 1.2;
    private const double Least = 1;

    public Understood Read(string said)
    {
        var text = said.Normalize(NormalizationForm.FormKC);
        var sectors = Sectors(text);
        var deaths = DeathsIn(text);
        return new Understood(
            Town(text),
            sectors is [var only] ? only.Sector : sectors is [var best, var next, ..] && best.Score >= next.Score * Ahead ? best.Sector : null,
            [.. sectors.Take(4).Select(s => s.Sector)],
            UnitIn(text),
            WhenIn(text),
            Still().IsMatch(text) ? true : Over().IsMatch(text) ? false : null,
            Concealed().IsMatch(text) ? MatterKind.ConcealedAccident : null,
            deaths);
    }

    /// <summary>The longest name counts, and of several the one that is said to be the place.</summary>
    private string? Town(string text)
    {
        var named = Matches(text, profile.Words.Towns.SelectMany(town => town.Value.Select(word => (word, town.Key))));
        return named.Count == 0 ? null
            : named.OrderByDescending(n => IsSaidToBeThere(text, n.At, n.Word)).ThenBy(n => n.At).First().Of;
    }

    private static bool IsSaidToBeThere(string text, int at, string word) =>
        (at > 0 && text[at - 1] is '在' or '于') || word[^1] is '镇' or '场' || word[0] is '在';

    private List<(string Sector, double Score)> Sectors(string text)
    {
        var things = profile.Words.Sectors.SelectMany(s => s.Value.Things.Select(word => (word, (s.Key, Weight: 1.0))));
        var places = profile.Words.Sectors.SelectMany(s => s.Value.Places.Select(word => (word, (s.Key, Weight: PlaceCounts))));
        var scores = Matches(text, things.Concat(places)).DistinctBy(m => (m.Word, m.Of.Key))
            .Select(m => (Sector: m.Of.Key, Score: m.Word.Length * m.Of.Weight))
            .Concat(profile.Criteria.Suggest(text, sector: null).Select(c => (c.Criterion.Sector, Score: c.Score * CriterionCounts)));
        return [.. scores.GroupBy(s => s.Sector).Select(g => (Sector: g.Key, Score: g.Sum(s => s.Score)))
            .Where(s => s.Score >= Least && profile.FindSector(s.Sector) is not null)
            .OrderByDescending(s => s.Score).ThenBy(s => s.Sector, StringComparer.Ordinal)];
    }

    /// <summary>Every word found, but none that lies inside a longer one.</summary>
    private static List<(int At, string Word, T Of)> Matches<T>(string text, IEnumerable<(string Word, T Of)> words)
    {
        List<(int At, string Word, T Of)> found = [];
        foreach (var (word, of) in words)
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.OrdinalIgnoreCase))
                found.Add((at, word, of));
        }

        return [.. found.Where(f => !found.Exists(o => o.Word.Length > f.Word.Length && o.At <= f.At && f.At + f.Word.Length <= o.At + o.Word.Length))];
    }

    private static string? UnitIn(string text)
    {
        foreach (Match match in UnitName().Matches(text))
        {
            var name = Lead().Replace(match.Value, "");
            if (name.Length >= 4 && !Vague().IsMatch(name))
                return name;
        }

        return null;
    }

    private static string? WhenIn(string text) => Day().Match(text) is { Success: true } day ? day.Value.Trim() : null;

    private static int? DeathsIn(string text)
    {
        if (Dead().Match(text) is not { Success: true } dead)
            return null;
        var number = dead.Groups["before"].Success ? dead.Groups["before"].Value : dead.Groups["after"].Value;
        return int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var digits) ? digits
            : "一二三四五六七八九十".IndexOf(number == "两" ? '二' : number[0], StringComparison.Ordinal) is >= 0 and var place ? place + 1
            : null;
    }

    [GeneratedRegex("[一-龥A-Za-z0-9()（）·]{2,20}?(有限责任公司|有限公司|集团公司|公司|幼儿园|养老院|敬老院|卫生院|医院|诊所|中学|小学|学校|酒店|酒楼|饭店|餐馆|餐厅|大排档|宾馆|旅馆|民宿|超市|商场|百货|加油站|加气站|煤气站|气站|采石场|石场|屠宰场|养殖场|化工厂|首饰厂|家具厂|制衣厂|服装厂|五金厂|塑料厂|塑胶厂|鞋厂|玩具厂|电子厂|食品厂|酒厂|水泥厂|纸厂|冷冻厂|冷库|加工厂|木材厂|印染厂|工业园|花园|广场|KTV|网吧|仓库|商店|烟花店|煤气店|废品站|回收站|码头|渔港|水库|电站)")]
    private static partial Regex UnitName();

    /// <summary>What stands before a name without belonging to it.</summary>
    [GeneratedRegex("^.*(在|位于|举报|反映|投诉|有一?(家|间|个|座)|那(家|间|个|边)|这(家|间|个)|一(家|间|个)|我们|我在|的|了|到|是|叫做?|里面|旁边|隔壁|附近|对面|下面|楼下|后面|前面|昨[天晚]|今[天早]|镇(?!中心|卫生院|敬老院|中学)|街道|路口|开)")]
    private static partial Regex Lead();

    /// <summary>Says which kind of place it is, and not which one.</summary>
    [GeneratedRegex("^(某|小|大|老|旧|新|家|间|个|这|那|些|很多|几间|几家|私人|黑|本地|村|圩|路边|海边|门口|工业区?|食品|化工|五金|水产|家具|制衣|服装|玩具|电子|塑料|首饰|锂电池|油漆|金银|建材|木材|联安|卖|开|给|用|有人|有|把|一个|一间|一家)*(公司|饭店|餐馆|餐厅|大排档|宾馆|旅馆|民宿|超市|商场|百货|学校|医院|诊所|卫生院|养老院|敬老院|工厂|仓库|商店|小学|中学|幼儿园|酒店|酒楼|加工厂|码头|渔港|冷库|冷冻厂|加油站|煤气站|气站|采石场|石场|屠宰场|养殖场|化工厂|首饰厂|家具厂|制衣厂|服装厂|五金厂|塑料厂|塑胶厂|鞋厂|玩具厂|电子厂|食品厂|酒厂|水泥厂|纸厂|木材厂|印染厂|工业园|花园|广场|KTV|网吧|烟花店|煤气店|废品站|回收站|水库|水?电站)$")]
    private static partial Regex Vague();

    [GeneratedRegex("(((今|昨|前|大前)[天日早晚]|昨夜|今早|昨晚|前晚|当晚|刚才|刚刚|上个?月|这个?月|本月|上(个)?(周|星期|礼拜)[一二三四五六日天]?|这(周|星期|礼拜)[一二三四五六日天]?|周[一二三四五六日末]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|去年|今年|年初|月初|国庆|春节|过年|中秋|元旦|清明|端午|五一|(\\d{4}年)?\\d{1,2}月(\\d{1,2}[日号])?|\\d{1,2}号|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{0,3}[日号]?|[半一二两三四五六七八九十\\d]+个?多?(天|周|星期|月|年|小时|钟头)(以?前|了))(那天|期间|以来)?(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|半夜|夜里|夜间)?([一二三四五六七八九十\\d]{1,2}点(半|多|钟|\\d{1,2}分?)?(左右)?)?)|(每天|天天|每晚|经常|长期|一直)(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|半夜|夜里)?([一二三四五六七八九十\\d]{1,2}点(半|多|钟)?)?|(凌晨|半夜|夜里|晚上|中午|早上|下午|上午)([一二三四五六七八九十\\d]{1,2}点(半|多|钟)?)?")]
    private static partial Regex Day();

    [GeneratedRegex("还在|正在|现在还|一直|天天|每天|至今|到现在|没有停|没停|长期|每晚|仍然|照样|照常")]
    private static partial Regex Still();

    [GeneratedRegex("已经(停|拆|搬|清理|整改|处理)|后来(停|拆|清)|不放了|停工了|停了")]
    private static partial Regex Over();

    [GeneratedRegex("瞒报|谎报|瞒着|隐瞒|没上报|没有上报|不上报|私了|不让说|不报|封口")]
    private static partial Regex Concealed();

    [GeneratedRegex("(死了?|去世了?|没了|压死|电死|砸死|摔死|烧死|熏死|炸死)(?<after>[一二两三四五六七八九十]|\\d{1,3})(个|名|人)|(?<before>[一二两三四五六七八九十]|\\d{1,3})(个|名|人)[^,，。;；]{0,6}?(死|去世|遇难|身亡|死亡|没了)")]
    private static partial Regex Dead();
}
