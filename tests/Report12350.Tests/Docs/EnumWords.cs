using System.Text.RegularExpressions;
using Report12350.Tests.Architecture;

namespace Report12350.Tests.Docs;

/// <summary>The Chinese word of an enum's value: what its summary in the domain's source begins with.</summary>
internal static partial class EnumWords
{
    private static readonly Dictionary<(string Type, string Value), string> Words = SourceFile.All
        .Where(file => file.Under("src/Report12350.Domain/"))
        .SelectMany(file => Declaration().Matches(file.Text))
        .SelectMany(type => Value().Matches(type.Groups["body"].Value), (type, value) => (Type: type.Groups["name"].Value, Value: value))
        .ToDictionary(x => (x.Type, x.Value.Groups["name"].Value), x => x.Value.Groups["word"].Value.TrimEnd(' ', ','));

    public static string Of<T>(T value)
        where T : struct, Enum => Words[(typeof(T).Name, value.ToString())];

    [GeneratedRegex(@"enum (?<name>\w+)\s*\{(?<body>[^}]*)\}")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"<summary>(?<word>[\p{IsCJKUnifiedIdeographs}, ]+)[^<]*</summary>\s+(?<name>\w+)")]
    private static partial Regex Value();
}
