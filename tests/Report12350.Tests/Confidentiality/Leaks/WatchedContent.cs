using System.Net;
using System.Text;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>Sends most of itself, looks whether any of it lies in the temporary folder, and sends the rest.</summary>
internal sealed class WatchedContent(byte[] bytes, string mark) : HttpContent
{
    private const int Rest = 1000;

    /// <summary>Where it was found while it came in; null: it was not sent.</summary>
    public IReadOnlyList<string>? Seen { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - Rest));
        await stream.FlushAsync();
        var search = new MarkSearch([new Mark("file", Encoding.UTF8.GetBytes(mark))]);
        Seen = [.. Dump.Temporary(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1)).SelectMany(file => search.Find(file.Bytes).Select(hit => $"{file.Place}: {hit}"))];
        await stream.WriteAsync(bytes.AsMemory(bytes.Length - Rest));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
