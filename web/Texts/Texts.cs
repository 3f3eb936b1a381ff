using System.Globalization;
using System.Text;

namespace Report12350.Web;

/// <summary>The texts (文案) in the language of this visitor, with dates, money and the procedure's words written out.</summary>
public sealed class Texts(TextBook book, string language, TimeProvider clock)
{
    private static readonly TimeSpan CountyOffset = TimeSpan.FromHours(8);
    private static readonly string[] ChineseWeekdays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary><c>zh-CN</c> or <c>en</c>; goes into <c>html lang</c>.</summary>
    public string Language { get; } = language == TextBook.English ? TextBook.English : TextBook.Chinese;

    public bool IsChinese => Language == TextBook.Chinese;

    /// <summary>The text of a key; enums, dates and money among the arguments are written out as on every page.</summary>
    public string this[string key, params object?[] args]
    {
        get
        {
            var text = book.Find(key, Language);
            return args.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, [.. args.Select(Written)]);
        }
    }

    public bool Has(string key) => book.Has(key);

    /// <summary>A message that may be a text's key (from a validator) or a finished sentence.</summary>
    public string Say(string keyOrText, params object?[] args) => book.Has(keyOrText) ? this[keyOrText, args] : keyOrText;

    public string Word(Enum value) => this[$"{Prefix(value.GetType().Name)}.{value}"];

    /// <summary>3月16日(周一), with the year when it is not this one.</summary>
    public string Day(DateOnly day)
    {
        var thisYear = day.Year == Today.Year;
        if (!IsChinese)
        {
            return day.ToString(thisYear ? "ddd d MMMM" : "ddd d MMMM yyyy", British);
        }

        var year = thisYear ? "" : $"{day.Year}年";
        return $"{year}{day.Month}月{day.Day}日({ChineseWeekdays[(int)day.DayOfWeek]})";
    }

    /// <summary>A day and the minute, on the county's clock.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var local = moment.ToOffset(CountyOffset);
        return $"{Day(DateOnly.FromDateTime(local.DateTime))} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    public string Money(decimal yuan)
    {
        var number = yuan.ToString(yuan == decimal.Truncate(yuan) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);
        return IsChinese ? $"{number} 元" : $"CNY {number}";
    }

    /// <summary>还剩 3 天, 今天到期 or 超期 2 天.</summary>
    public string Left(int days) => days switch
    {
        0 => this["left.today"],
        1 => this["left.one"],
        -1 => this["left.over.one"],
        > 0 => this["left.many", days],
        _ => this["left.over.many", -days],
    };

    /// <summary>A receipt or number in fives: 12345 67890.</summary>
    public static string Fives(string digits)
    {
        var text = new StringBuilder();
        for (var i = 0; i < digits.Length; i++)
        {
            text.Append(i > 0 && i % 5 == 0 ? " " : "").Append(digits[i]);
        }

        return text.ToString();
    }

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(CountyOffset).DateTime);

    private object? Written(object? value) => value switch
    {
        Enum word => Word(word),
        DateOnly day => Day(day),
        DateTimeOffset moment => Moment(moment),
        decimal yuan => Money(yuan),
        _ => value,
    };

    private static string Prefix(string type) => type switch
    {
        "ReportState" => "state",
        "ReportAction" => "action",
        "MatterKind" => "kind",
        "DeclineReason" => "decline",
        "ErasureReason" => "erasure",
        "ReporterKind" => "reporter",
        "SupervisionStep" => "supervision",
        _ => Kebab(type),
    };

    private static string Kebab(string type) =>
        string.Concat(type.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
