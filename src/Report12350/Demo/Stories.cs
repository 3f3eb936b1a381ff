using Report12350.Domain.Reports;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Report12350.Demo;

/// <summary>An invented report: what somebody might have seen.</summary>
internal sealed record Story
{
    public string Sector { get; set; } = "";

    public MatterKind Kind { get; set; }

    public string Unit { get; set; } = "";

    public string Place { get; set; } = "";

    public string Narrative { get; set; } = "";

    public string When { get; set; } = "";

    public static IReadOnlyList<Story> All()
    {
        using var file = typeof(Story).Assembly.GetManifestResourceStream("demo/stories.yaml")!;
        using var reader = new StreamReader(file);
        return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build().Deserialize<List<Story>>(reader);
    }

    /// <summary>The story told with a number of its own.</summary>
    public Story Told(int number)
    {
        var n = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return this with { Narrative = Narrative.Replace("{n}", n, StringComparison.Ordinal) };
    }
}
