using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Report12350.Profiles;

/// <summary>Reads one mapping of a profile file key by key; what is wrong is recorded with its line, and reading goes on.</summary>
internal sealed class MapReader(ProfileSource source, string file, YamlMappingNode? node)
{
    private readonly Dictionary<string, YamlNode> values = node is null
        ? []
        : node.Children.ToDictionary(pair => Scalar(pair.Key) ?? "", pair => pair.Value, StringComparer.Ordinal);

    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    public static MapReader Silent(ProfileSource source, string file) => new(source, file, node: null);

    public void Error(string rule, string? key = null)
    {
        if (node is not null)
        {
            source.Error(file, LineOf(key), rule);
        }
    }

    public void Warn(string text, string? key = null) => source.Warn(file, LineOf(key), text);

    public bool Has(string key) => values.ContainsKey(key);

    public string Text(string key)
    {
        var text = TextOrNull(key);
        if (string.IsNullOrWhiteSpace(text))
        {
            Error(Has(key) ? $"'{key}' is empty" : $"'{key}' is missing", key);
            return "";
        }

        return text;
    }

    public string? TextOrNull(string key) => Node(key) switch
    {
        YamlScalarNode scalar => Scalar(scalar),
        YamlSequenceNode list => string.Join(", ", list.Children.Select(Scalar)),
        _ => null,
    };

    public int Whole(string key) => (int)Parsed<long>(key, "a whole number of 0 or more", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null);

    public decimal Number(string key) => Parsed<decimal>(key, "a number of 0 or more", text =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null);

    public DateOnly Day(string key) => Parsed<DateOnly>(key, "a date such as 2026-01-31", ParseDay);

    public TimeSpan Offset(string key) => Parsed<TimeSpan>(key, "an offset such as +08:00", text =>
        TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out var offset)
            ? text.StartsWith('-') ? -offset : offset
            : null);

    public bool Flag(string key) => Has(key) && Parsed<bool>(key, "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    public T Choice<T>(string key)
        where T : struct, Enum =>
        Parsed<T>(key, $"one of {string.Join(", ", Enum.GetNames<T>())}", text => ParseChoice<T>(text));

    public IReadOnlyList<T> Choices<T>(string key)
        where T : struct, Enum =>
        [.. Scalars(key).Select(item => Item<T>(item, $"one of {string.Join(", ", Enum.GetNames<T>())}", text => ParseChoice<T>(text)))];

    public IReadOnlyList<(DateOnly Day, long Line)> Days(string key) =>
        [.. Scalars(key).Select(item => (Item<DateOnly>(item, "a date such as 2026-01-31", ParseDay), item.Start.Line))];

    /// <summary>A list of words; a missing list is an empty one.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Scalars(key).Select(item => Scalar(item) ?? "")];

    public void Check(string key, Func<string, bool> known, string rule)
    {
        foreach (var item in Node(key) is YamlSequenceNode ? Scalars(key) : [.. new[] { Node(key) }.OfType<YamlScalarNode>()])
        {
            if (Scalar(item) is { } text && !known(text))
            {
                source.Error(file, item.Start.Line, $"{rule} '{text}' in '{key}'");
            }
        }
    }

    public MapReader Map(string key)
    {
        if (Node(key) is YamlMappingNode map)
        {
            return source.Track(new MapReader(source, file, map));
        }

        Error(Has(key) ? $"'{key}' must be a mapping" : $"'{key}' is missing", key);
        return Silent(source, file);
    }

    public IReadOnlyList<MapReader> Maps(string key)
    {
        if (Node(key) is YamlSequenceNode list)
        {
            return [.. list.Children.Select(child => InList(child, key)).OfType<MapReader>()];
        }

        Error(Has(key) ? $"'{key}' must be a list" : $"'{key}' is missing", key);
        return [];
    }

    /// <summary>All entries of a mapping whose keys are free, such as years.</summary>
    public IReadOnlyList<(string Key, MapReader Map)> Entries() => [.. values.Keys.Select(key => (key, Map(key)))];

    public void ReportUnknownKeys()
    {
        foreach (var key in values.Keys.Where(key => !read.Contains(key)))
        {
            Error($"unknown key '{key}'", key);
        }
    }

    private static string? Scalar(YamlNode? value) =>
        value is YamlScalarNode scalar && scalar.Value is not ("null" or "~") ? scalar.Value : null;

    private static DateOnly? ParseDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static T? ParseChoice<T>(string text)
        where T : struct, Enum =>
        Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse<T>(known) : null;

    private T Parsed<T>(string key, string expected, Func<string, T?> parse)
        where T : struct
    {
        var text = Text(key);
        if (text.Length == 0)
        {
            return default;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        Error($"'{key}' must be {expected}, not '{text}'", key);
        return default;
    }

    private T Item<T>(YamlScalarNode item, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (parse(Scalar(item) ?? "") is { } value)
        {
            return value;
        }

        source.Error(file, item.Start.Line, $"must be {expected}, not '{item.Value}'");
        return default;
    }

    private MapReader? InList(YamlNode child, string key)
    {
        if (child is YamlMappingNode map)
        {
            return source.Track(new MapReader(source, file, map));
        }

        source.Error(file, child.Start.Line, $"every entry of '{key}' must be a mapping");
        return null;
    }

    private List<YamlScalarNode> Scalars(string key)
    {
        if (Node(key) is not { } found)
        {
            return [];
        }

        if (found is YamlSequenceNode list && list.Children.All(child => child is YamlScalarNode))
        {
            return [.. list.Children.Cast<YamlScalarNode>()];
        }

        Error($"'{key}' must be a list of words", key);
        return [];
    }

    private YamlNode? Node(string key)
    {
        read.Add(key);
        return values.GetValueOrDefault(key);
    }

    private long LineOf(string? key) =>
        key is not null && values.TryGetValue(key, out var value) ? value.Start.Line : node?.Start.Line ?? 1;
}
