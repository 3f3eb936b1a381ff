using System.Net;
using System.Text;
using Report12350.Tests.Evidence;
using Report12350.Tests.Hosting;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>A file on its way, of which so much was sent.</summary>
internal sealed record Coming(string Address, byte[] Bytes, int Sent);

/// <summary>Files sent bit by bit (断点续传), with marks in what is said of them and in every line.</summary>
internal sealed class MarkedUploads(ReportApplication app, Marks marks, string who)
{
    /// <summary>More than a segment, so that some of it lies on the store and some waits in the row; no whole number of lines.</summary>
    private const int Piece = 70_001;

    public TusClient WithDraft(string cookie) => new(app, $"__Host-draft={cookie}");

    public TusClient WithReceipt(string cookie) => new(app, $"__Host-track={cookie}");

    /// <summary>Announced, and two pieces of it sent; while the second comes, nothing of it lies in the temporary folder.</summary>
    public async Task<Coming> BeginAsync(TusClient client, string which)
    {
        var (name, text) = (marks.Text($"{who}-{which}-name"), marks.Text($"{who}-{which}-content"));
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(text + "\n", 4000)));
        var address = await client.CreateAsync(bytes.Length, $"{name}.txt");
        Took(await client.PatchAsync(address, 0, bytes[..Piece], Browser));
        var second = new WatchedContent(bytes[Piece..(2 * Piece)], text);
        Took(await client.SendAsync(HttpMethod.Patch, address, second, ("Upload-Offset", TusClient.Text(Piece)), Browser));
        second.Seen.ShouldBe([]);
        return new Coming(address, bytes, 2 * Piece);
    }

    public static async Task FinishAsync(TusClient client, Coming coming)
    {
        (await client.OffsetAsync(coming.Address)).ShouldBe(coming.Sent);
        Took(await client.PatchAsync(coming.Address, coming.Sent, coming.Bytes[coming.Sent..], Browser));
    }

    /// <summary>Sends the rest as if it had been altered on the way: it is not taken, though it came.</summary>
    public static async Task SendAlteredAsync(TusClient client, Coming coming)
    {
        using var answer = await client.PatchAsync(coming.Address, coming.Sent, coming.Bytes[coming.Sent..], ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"), Browser);
        ((int)answer.StatusCode).ShouldBe(460);
    }

    public static async Task GiveUpAsync(TusClient client, Coming coming) => Took(await client.SendAsync(HttpMethod.Delete, coming.Address, null, Browser));

    private static (string, string?) Browser => ("User-Agent", Visitor.Agent);

    private static void Took(HttpResponseMessage answer) => answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
}
