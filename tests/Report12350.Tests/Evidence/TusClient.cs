using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Intake;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Evidence;

/// <summary>A client that speaks the upload protocol word by word, and wrongly where the test wants it so.</summary>
internal sealed class TusClient(ReportApplication app, string cookies)
{
    public const string Path = "/evidence/files";
    public const string Bytes = "application/offset+octet-stream";
    private readonly HttpClient browser = app.CreateDefaultClient(new Uri("https://localhost"));

    public static TusClient OfDraft(ReportApplication app, DraftPass pass) => new(app, $"__Host-draft={pass.ToCookie()}");

    public static async Task<TusClient> OfReceiptAsync(ReportApplication app, string receipt)
    {
        await using var scope = app.Services.CreateAsyncScope();
        Receipt.TryParse(receipt, out var typed).ShouldBeTrue();
        var pass = await scope.ServiceProvider.GetRequiredService<ReportOpener>().PassForReceiptAsync(typed, TestContext.Current.CancellationToken);
        return new TusClient(app, $"__Host-track={pass}");
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? body, params (string Name, string? Value)[] headers) =>
        SendAsync(method, address, body, TestContext.Current.CancellationToken, headers);

    /// <summary>A header of the usual ones that is named here is sent so, or not at all when it is null; the connection lasts until it is cut.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, HttpContent? body, CancellationToken cut, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        var said = headers.ToDictionary(h => h.Name, h => h.Value);
        said.TryAdd("Tus-Resumable", "1.0.0");
        said.TryAdd("Cookie", cookies);
        if (body is not null)
            said.TryAdd("Content-Type", Bytes);
        foreach (var (name, value) in said.Where(h => h.Value is { Length: > 0 }))
        {
            if (name == "Content-Type")
                body!.Headers.TryAddWithoutValidation(name, value);
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return await browser.SendAsync(request, cut);
    }

    public async Task<string> CreateAsync(long length, string name = "视频.mp4", string? metadata = null)
    {
        using var answer = await SendAsync(HttpMethod.Post, Path, null, ("Upload-Length", Text(length)), ("Upload-Metadata", metadata ?? Named(name)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return answer.Headers.Location!.ToString();
    }

    public Task<HttpResponseMessage> PatchAsync(string address, long offset, byte[] bytes, params (string Name, string? Value)[] headers) =>
        SendAsync(HttpMethod.Patch, address, new ByteArrayContent(bytes), [("Upload-Offset", Text(offset)), .. headers]);

    public Task<HttpResponseMessage> HeadAsync(string address) => SendAsync(HttpMethod.Head, address, null);

    public async Task<long> OffsetAsync(string address)
    {
        using var answer = await HeadAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return OffsetIn(answer);
    }

    public static string Named(string name) => $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))},filetype {Convert.ToBase64String("video/mp4"u8)}";

    public static long OffsetIn(HttpResponseMessage answer) => long.Parse(Header(answer, "Upload-Offset"), CultureInfo.InvariantCulture);

    public static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
