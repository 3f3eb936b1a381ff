using System.Security.Cryptography;

namespace Report12350.Evidence;

/// <summary>A request's body as far as it came (接收中的内容): a connection that breaks off ends it, as the sender's own end would.</summary>
internal sealed class ComingBytes(Stream body, UploadChecksum? checksum, CancellationToken gone) : ForwardStream
{
    private readonly IncrementalHash? hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);

    public bool BrokeOff { get; private set; }

    /// <summary>True when none was sent along.</summary>
    public bool IsAsSent => !BrokeOff && (hash is null || hash.GetCurrentHash().AsSpan().SequenceEqual(checksum!.Value));

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

    protected override void Dispose(bool disposing)
    {
        hash?.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What the sender says the bytes add up to (校验和).</summary>
public sealed record UploadChecksum(HashAlgorithmName Algorithm, byte[] Value);
