using System.Collections.Frozen;
using System.Reflection;
using YamlDotNet.Serialization;

namespace Report12350.Web;

/// <summary>All page texts (文案) in both languages, read once from the yaml files beside this class.</summary>
public sealed class TextBook
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    private readonly FrozenDictionary<string, Entry> _entries;
    private readonly bool _strict;

    private TextBook(IDictionary<string, Entry> entries, bool strict)
    {
        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal);
        _strict = strict;
    }

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Reads every embedded <c>Texts/*.yaml</c>.</summary>
    /// <param name="strict">A missing key throws instead of showing itself.</param>
    public static TextBook Load(bool strict)
    {
        var assembly = typeof(TextBook).Assembly;
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            foreach (var (key, entry) in ReadFile(assembly, name))
            {
                if (!entries.TryAdd(key, entry))
                {
                    throw new InvalidOperationException($"Text {key} in {name} is already defined in another file.");
                }
            }
        }

        return new TextBook(entries, strict);
    }

    public bool Has(string key) => _entries.ContainsKey(key);

    public string Find(string key, string language)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return _strict ? throw new KeyNotFoundException($"No text for {key}.") : key;
        }

        var text = language == English ? entry.En : entry.Zh;
        return text ?? (_strict ? throw new KeyNotFoundException($"No {language} text for {key}.") : entry.Zh ?? key);
    }

    private static Dictionary<string, Entry> ReadFile(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var yaml = new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<Dictionary<string, Dictionary<string, string>>>(reader);
        return (yaml ?? []).ToDictionary(
            pair => pair.Key,
            pair => new Entry(pair.Value.GetValueOrDefault("zh")?.TrimEnd(), pair.Value.GetValueOrDefault("en")?.TrimEnd()),
            StringComparer.Ordinal);
    }

    private readonly record struct Entry(string? Zh, string? En);
}
