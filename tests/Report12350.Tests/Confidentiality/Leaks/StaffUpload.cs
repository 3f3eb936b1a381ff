using System.Text;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>An officer sends a large file at the console's page; while it comes in, nothing of it may lie in the temporary folder.</summary>
internal static class StaffUpload
{
    public static async Task SendAsync(ReportApplication app, StaffHands officer, string number, Marks marks)
    {
        var page = $"/staff/reports/{number}";
        using var browser = app.BrowserOf(officer);
        var (name, text) = (marks.Text("console-filename"), marks.Text("console-filecontent"));
        var content = new WatchedContent(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text + "\n", 20_000))), text);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Pages.TokenIn(await browser.ReadAsync(page))), "form-token" },
            { new StringContent((await app.VersionAsync(await IdAsync(app, number))).ToString(System.Globalization.CultureInfo.InvariantCulture)), "Version" },
            { new StringContent("Verification"), "Form.AddEvidence.Purpose" },
            { content, "Form.AddEvidence.Files", $"{name}.txt" },
        };
        Visitor.WentOn(await browser.PostAsync($"{page}?handler=AddEvidence", form, TestContext.Current.CancellationToken));
        content.Seen.ShouldBe([]);
    }

    private static Task<Domain.Reports.ReportId> IdAsync(ReportApplication app, string number) =>
        app.Read(db => Task.FromResult(db.Reports.Single(r => r.Number == number).Id));
}
