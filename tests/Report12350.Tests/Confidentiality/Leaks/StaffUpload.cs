using System.Net;
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
        var search = new MarkSearch([new Mark("file", Encoding.UTF8.GetBytes(text))]);
        List<string>? seen = null;
        var content = new Watched(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text + "\n", 20_000))), () =>
        {
            var temporary = Dump.Temporary(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
            seen = [.. temporary.SelectMany(file => search.Find(file.Bytes).Select(hit => $"{file.Place}: {hit}"))];
        });
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Pages.TokenIn(await browser.ReadAsync(page))), "form-token" },
            { new StringContent((await app.VersionAsync(await IdAsync(app, number))).ToString(System.Globalization.CultureInfo.InvariantCulture)), "Version" },
            { new StringContent("Verification"), "Form.AddEvidence.Purpose" },
            { content, "Form.AddEvidence.Files", $"{name}.txt" },
        };
        Visitor.WentOn(await browser.PostAsync($"{page}?handler=AddEvidence", form, TestContext.Current.CancellationToken));
        seen.ShouldBe([]);
    }

    private static Task<Domain.Reports.ReportId> IdAsync(ReportApplication app, string number) =>
        app.Read(db => Task.FromResult(db.Reports.Single(r => r.Number == number).Id));

    /// <summary>Sends most of itself, lets the test look, and sends the rest.</summary>
    private sealed class Watched(byte[] bytes, Action look) : HttpContent
    {
        private const int Rest = 1000;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - Rest));
            await stream.FlushAsync();
            look();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length - Rest));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
