using Report12350.Domain.Reports;
using YamlDotNet.Serialization;

namespace Report12350.Demo;

/// <summary>An invented report: what somebody might have seen.</summary>
internal sealed record Story(string Sector, MatterKind Kind, string Unit, string Place, string Narrative, string When)
{
    public static IReadOnlyList<Story> All()
    {
        using var file = typeof(Story).Assembly.GetManifestResourceStream("demo/stories.yaml")!;
        using var reader = new StreamReader(file);
        return [.. new DeserializerBuilder().Build().Deserialize<List<List<string>>>(reader)
            .Select(s => new Story(s[0], Enum.Parse<MatterKind>(s[1]), s[2], s[3], s[4], s[5]))];
    }

    /// <summary>The story told with a number of its own.</summary>
    public Story Told(int number)
    {
        var n = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return this with { Narrative = Narrative.Replace("{n}", n, StringComparison.Ordinal) };
    }
}
