using System.Text;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;

namespace Report12350.Tests.Docs;

/// <summary>Draws both procedures from their own tables: a Mermaid diagram of what moves, and a table of all that is open.</summary>
internal static class WorkflowDrawing
{
    private sealed record Line(string From, string FromWord, string Act, string ActWord, string To, string ToWord, string Article);

    public static string Draw()
    {
        var page = new StringBuilder("""
            # Workflow

            Drawn by the code from `ReportWorkflow.Edges` and `RewardWorkflow.Edges`; a test compares this page with them.
            To draw it anew: `UPDATE_DOCS=1 dotnet run --project tests/Report12350.Tests -- -class "*WorkflowDrawingTests"`.
            The diagrams show acts that lead to another state; the tables show all, each with the article it rests on.
            Conditions beyond the state (who may not, what must come first) are in `ReportGuards`; overdue, listed for
            supervision, withdrawn and paused are facts beside the state.

            """);
        Draw<ReportState>(page, "The report 举报件", ReportLines(), ReportState.Received);
        Draw<RewardState>(page, "The reward 举报奖励", RewardLines(), RewardState.NotWanted, RewardState.Pending);
        return page.ToString();
    }

    private static List<Line> ReportLines() =>
    [
        .. from edge in ReportWorkflow.Edges
           orderby edge.From, edge.Action
           select new Line(
               edge.From.ToString(), EnumWords.Of(edge.From), edge.Action.ToString(), EnumWords.Of(edge.Action),
               edge.To?.ToString() ?? "", edge.To is { } to ? EnumWords.Of(to) : "", edge.Article),
    ];

    private static List<Line> RewardLines() =>
    [
        .. from edge in RewardWorkflow.Edges
           orderby edge.From, edge.Action
           select new Line(
               edge.From.ToString(), EnumWords.Of(edge.From), edge.Action.ToString(), EnumWords.Of(edge.Action),
               edge.To.ToString(), EnumWords.Of(edge.To), edge.Article),
    ];

    private static void Draw<TState>(StringBuilder page, string title, List<Line> lines, params TState[] start)
        where TState : struct, Enum
    {
        page.Append("\n## ").Append(title).Append("\n\n```mermaid\nstateDiagram-v2\n");
        foreach (var state in Enum.GetValues<TState>())
            page.Append("    ").Append(state).Append(" : ").Append(EnumWords.Of(state)).Append(' ').Append(state).Append('\n');
        foreach (var state in start)
            page.Append("    [*] --> ").Append(state).Append('\n');
        foreach (var line in lines.Where(l => l.To != l.From))
        {
            foreach (var to in line.To.Length > 0 ? [line.To] : WhereObjectionsComeFrom(lines))
                page.Append("    ").Append(line.From).Append(" --> ").Append(to).Append(" : ").Append(line.ActWord).Append(' ').Append(line.Act).Append('\n');
        }

        page.Append("```\n\n| State | Act | Leads to | Article |\n|---|---|---|---|\n");
        foreach (var line in lines)
            page.Append("| ").AppendJoin(" | ", Cell(line.FromWord, line.From), Cell(line.ActWord, line.Act), Target(line), line.Article).Append(" |\n");
    }

    private static IEnumerable<string> WhereObjectionsComeFrom(List<Line> lines) =>
        lines.Where(l => l.To == nameof(ReportState.UnderReexamination) && l.From != l.To).Select(l => l.From);

    private static string Target(Line line) =>
        line.To == line.From ? "stays" : line.To.Length == 0 ? "back to where the objection came from" : Cell(line.ToWord, line.To);

    private static string Cell(string word, string name) => $"{word} `{name}`";
}
