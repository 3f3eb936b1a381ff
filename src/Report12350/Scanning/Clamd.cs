using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Report12350.Scanning;

/// <summary>Asks clamd whether a file holds known malware (查毒), by its INSTREAM command: the file goes through memory, never onto a disk.</summary>
/// <param name="address">Null: files are not scanned.</param>
public sealed partial class Clamd(EndPoint? address, ILogger<Clamd> logger)
{
    private const int Piece = 64 * 1024;
    private const int LongestAnswer = 4096;

    /// <summary>Not one byte moved for so long: it does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    public bool IsOn => address is not null;

    /// <summary>A path is a Unix socket; else a host and a port, such as 127.0.0.1:3310.</summary>
    /// <exception cref="InvalidOperationException">Neither.</exception>
    public static EndPoint? AddressOf(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return null;
        if (setting.StartsWith('/'))
            return new UnixDomainSocketEndPoint(setting);
        var colon = setting.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(setting.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new DnsEndPoint(setting[..colon].Trim('[', ']'), port)
            : throw new InvalidOperationException("Scanning:Clamd is a socket's path or host:port.");
    }

    /// <summary>Null when it gave no verdict: it is down, or the file is more than it looks through.</summary>
    public async Task<ScanVerdict?> ScanAsync(Stream plain, CancellationToken cancellationToken)
    {
        try
        {
            return VerdictOf(await AskAsync(plain, cancellationToken));
        }
        catch (Exception down) when (down is SocketException || (down is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogDown(down.GetType().Name);
            return null;
        }
    }

    /// <summary>Of clamd's one line. What it did not look through to the end counts as not scanned, though it calls that a find.</summary>
    internal static ScanVerdict? VerdictOf(string answer)
    {
        const string Begin = "stream: ";
        const string Found = " FOUND";
        if (answer == Begin + "OK")
            return new ScanVerdict(null);
        var isFound = answer.StartsWith(Begin, StringComparison.Ordinal) && answer.EndsWith(Found, StringComparison.Ordinal);
        return isFound && !answer.Contains("Limits.Exceeded", StringComparison.Ordinal) ? new ScanVerdict(answer[Begin.Length..^Found.Length]) : null;
    }

    private async Task<string> AskAsync(Stream plain, CancellationToken cancellationToken)
    {
        using var socket = address is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var patience = new Waiting(cancellationToken);
        await socket.ConnectAsync(address!, patience.For(ConnectPatience));
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(int) + Piece);
        try
        {
            await SendAsync(socket, plain, buffer, patience);
            return await AnswerAsync(socket, buffer, patience);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Pieces, each after its length; clamd hangs up when it has had enough, and says so.</summary>
    private static async Task SendAsync(Socket socket, Stream plain, byte[] buffer, Waiting patience)
    {
        try
        {
            await SendAllAsync(socket, "zINSTREAM\0"u8.ToArray(), patience);
            int read;
            do
            {
                read = await plain.ReadAtLeastAsync(buffer.AsMemory(sizeof(int), Piece), Piece, throwOnEndOfStream: false, patience.Gone);
                BinaryPrimitives.WriteInt32BigEndian(buffer, read);
                await SendAllAsync(socket, buffer.AsMemory(0, sizeof(int) + read), patience);
            }
            while (read > 0);
        }
        catch (SocketException hungUp) when (hungUp.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            // Its answer says why.
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, Waiting patience)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, patience.For(Patience))..];
    }

    private static async Task<string> AnswerAsync(Socket socket, byte[] buffer, Waiting patience)
    {
        var length = 0;
        int read;
        do
        {
            read = await socket.ReceiveAsync(buffer.AsMemory(length, LongestAnswer - length), SocketFlags.None, patience.For(Patience));
            length += read;
        }
        while (read > 0 && length < LongestAnswer && buffer[length - 1] != 0);
        return Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\0', '\n');
    }

    [LoggerMessage(LogLevel.Error, "clamd does not answer ({Kind}); files are held until it does")]
    private partial void LogDown(string kind);

    /// <summary>Ends what takes too long, by the machine's own clock.</summary>
    private sealed class Waiting(CancellationToken gone) : IDisposable
    {
        private readonly CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(gone);

        public CancellationToken Gone => gone;

        public CancellationToken For(TimeSpan time)
        {
            source.CancelAfter(time);
            return source.Token;
        }

        public void Dispose() => source.Dispose();
    }
}
