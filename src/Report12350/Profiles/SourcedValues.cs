using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>Reading of values that carry their own source and confidence (出处与把握程度) and of lists that change on a date.</summary>
internal static class SourcedValues
{
    public static bool IsWeak(this Confidence confidence) => confidence is not (Confidence.Confirmed or Confidence.High or Confidence.Likely);

    /// <summary>The mapping <c>{value, confidence, source}</c> at a key; a weak value is noted for the check before go-live.</summary>
    public static MapReader Sourced(this MapReader entry, string key)
    {
        var map = entry.Map(key);
        var confidence = map.Choice<Confidence>("confidence");
        var origin = map.Text("source");
        if (confidence.IsWeak())
        {
            entry.Warn($"{key} = {map.TextOrNull("value")}: {confidence} confidence ({origin}); check before go-live", key);
        }

        return map;
    }

    public static Dated<T> Dated<T>(this MapReader root, string key, Func<MapReader, T> read)
    {
        List<DatedEntry<T>> entries = [];
        foreach (var map in root.Maps(key))
        {
            var from = map.Day("effectiveFrom");
            if (entries.Count > 0 && from <= entries[^1].EffectiveFrom)
            {
                map.Error($"dates overlap: {from:yyyy-MM-dd} does not come after {entries[^1].EffectiveFrom:yyyy-MM-dd}", "effectiveFrom");
            }

            entries.Add(new DatedEntry<T>(from, read(map), map.Text("source"), map.Choice<Confidence>("confidence")));
        }

        if (entries.Count == 0 && root.Has(key))
        {
            root.Error($"'{key}' needs at least one entry", key);
        }

        return new Dated<T>(entries);
    }

    /// <summary>The id of an entry, which no other entry may have.</summary>
    public static string UniqueId(this MapReader map, HashSet<string> taken, string key = "id")
    {
        var id = map.Text(key);
        if (id.Length > 0 && !taken.Add(id))
        {
            map.Error($"duplicate id '{id}'", key);
        }

        return id;
    }
}
