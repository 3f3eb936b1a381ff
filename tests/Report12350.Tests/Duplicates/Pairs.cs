using Report12350.Intake;
using YamlDotNet.Serialization;

namespace Report12350.Tests.Duplicates;

/// <summary>Two reports, and whether they are about one event.</summary>
internal sealed record Pair(ReportAnswers One, ReportAnswers Other, bool Same)
{
    /// <summary>The written pairs of pairs.yaml.</summary>
    public static IReadOnlyList<Pair> All { get; } =
    [
        .. new DeserializerBuilder().Build().Deserialize<List<Dictionary<string, object>>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Duplicates", "pairs.yaml")))
            .Select(line => new Pair(Answers(line["one"]), Answers(line["other"]), line["same"] is "true")),
    ];

    private static ReportAnswers Answers(object line)
    {
        var said = ((List<object>)line).Cast<string>().ToList();
        return new ReportAnswers { Town = said[0], Unit = said[1], Narrative = said[2] };
    }
}
