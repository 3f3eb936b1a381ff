using System.Security.Cryptography;

namespace Report12350.Evidence;

/// <summary>A request's body as far as it came (接收中的内容): a connection that breaks off ends it, as the sender's own end would.</summary>
internal sealed class ComingBytes(Stream body, UploadChecksum? checksum, CancellationToken gone) : Stream
{
    private readonly IncrementalHash? hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);

    public bool BrokeOff { get; private set; }

    /// <summary>True when none was sent along.</summary>
    public bool IsAsSent => !BrokeOff && (hash is null || hash.GetCurrentHash().AsSpan().SequenceEqual(checksum!.Value));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (BrokeOff)
            return 0;
        try
        {
            var read = await body.ReadAsync(buffer, gone);
            hash?.AppendData(buffer.Span[..read]);
            return read;
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            BrokeOff = true;
            return 0;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        hash?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What the sender says the bytes add up to (校验和).</summary>
public sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Value);
