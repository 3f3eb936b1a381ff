using Report12350.Tests.Architecture;

namespace Report12350.Tests.Docs;

public sealed class WorkflowDrawingTests
{
    [Fact]
    public void The_page_shows_the_procedures_as_the_code_has_them()
    {
        var page = Path.Combine(SourceFile.Root, "docs", "workflow.md");
        var drawn = WorkflowDrawing.Draw();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            File.WriteAllText(page, drawn);

        File.ReadAllBytes(page).ShouldBe(System.Text.Encoding.UTF8.GetBytes(drawn), "docs/workflow.md is stale: run this test with UPDATE_DOCS=1");
    }
}
