using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Report12350.Profiles;

/// <summary>A county's folder of profile files while it is read, with all that was found wrong or doubtful on the way.</summary>
internal sealed class ProfileSource(string folder)
{
    private readonly List<(string File, long Line, string Rule)> errors = [];
    private readonly List<(string File, long Line, string Rule)> warnings = [];
    private readonly List<MapReader> maps = [];

    public IReadOnlyList<string> Warnings => Lines(warnings);

    public void Error(string file, long line, string rule) => errors.Add((file, line, rule));

    public void Warn(string file, long line, string text) => warnings.Add((file, line, text));

    /// <summary>The top of a file; an empty silent one when the file cannot be read, which is then the only error about it.</summary>
    public MapReader Open(string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            Error(file, 1, "the file is missing");
            return MapReader.Silent(this, file);
        }

        try
        {
            var yaml = new YamlStream();
            using var text = new StreamReader(path);
            yaml.Load(text);
            if (yaml.Documents.Count == 1 && yaml.Documents[0].RootNode is YamlMappingNode root)
            {
                return Track(new MapReader(this, file, root));
            }

            Error(file, 1, "the file must hold one mapping of keys to values");
        }
        catch (YamlException exception)
        {
            Error(file, exception.Start.Line, $"not readable as YAML: {exception.Message}");
        }

        return MapReader.Silent(this, file);
    }

    public MapReader Track(MapReader map)
    {
        maps.Add(map);
        return map;
    }

    public void ThrowIfFaulty()
    {
        if (errors.Count > 0)
        {
            throw new ProfileException(Lines(errors));
        }
    }

    public void ReportUnknownKeys()
    {
        foreach (var map in maps)
        {
            map.ReportUnknownKeys();
        }
    }

    private static List<string> Lines(IEnumerable<(string File, long Line, string Rule)> found) =>
        [.. found.OrderBy(row => row.File, StringComparer.Ordinal).ThenBy(row => row.Line)
            .Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.File}:{row.Line}: {row.Rule}"))];
}
