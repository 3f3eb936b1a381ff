using System.Buffers.Binary;
using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Report12350.Messaging;

namespace Report12350.Evidence;

/// <summary>Sealed files as block blobs: staged block by block as they come, made lasting by the list of their blocks.</summary>
/// <remarks>The list is only ever replaced by whoever saw the one before, so that of two who write, one is told so.</remarks>
internal sealed class AzureBlobStore(BlobContainerClient container) : IEvidenceStore
{
    private const int BlockLength = 1024 * 1024;
    private bool isThere;

    public static AzureBlobStore At(string connection, string name)
    {
        var options = new BlobClientOptions
        {
            Retry = { Mode = RetryMode.Exponential, MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(200), NetworkTimeout = TimeSpan.FromSeconds(30) },
            Diagnostics = { IsLoggingEnabled = false, IsDistributedTracingEnabled = false, IsTelemetryEnabled = false },
        };
        return new AzureBlobStore(new BlobContainerClient(connection, name, options));
    }

    public Task<Stream> AppendAsync(Guid id, long length, CancellationToken cancellationToken) => AskAsync<Stream>(async () =>
    {
        await EnsureAsync(cancellationToken);
        var blob = BlobOf(id);
        var state = await SettledAsync(blob, cancellationToken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, state.Length);
        var names = state.Committed.TakeWhile(block => block.End <= length).Select(block => block.Name).ToList();
        if (state.Committed.FirstOrDefault(block => block.Start < length && block.End > length) is { } cut)
            names.Add(await StageHeadAsync(blob, cut, length, cancellationToken));
        return new Blocks(blob, names, length, await CommitAsync(blob, names, state.Version, cancellationToken));
    });

    public Task<long> SettleAsync(Guid id, CancellationToken cancellationToken) =>
        AskAsync(async () => (await SettledAsync(BlobOf(id), cancellationToken)).Length);

    public Task<Stream> OpenReadAsync(Guid id, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            return await BlobOf(id).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = BlockLength }, cancellationToken);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new FileNotFoundException("No such file.", missing);
        }
    });

    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            return (await BlobOf(id).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken)).Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    });

    public async IAsyncEnumerable<Guid> UntouchedSinceAsync(
        DateTimeOffset moment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AskAsync(async () =>
        {
            await EnsureAsync(cancellationToken);
            return true;
        });
        await using var blobs = container.GetBlobsAsync(cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await AskAsync(async () => await blobs.MoveNextAsync()))
        {
            if (Guid.TryParseExact(blobs.Current.Name, "N", out var id) && blobs.Current.Properties.LastModified < moment)
                yield return id;
        }
    }

    private BlockBlobClient BlobOf(Guid id) => container.GetBlockBlobClient(id.ToString("N"));

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (isThere)
            return;
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        isThere = true;
    }

    /// <summary>What was staged before the writing broke off is made lasting.</summary>
    private static async Task<BlobState> SettledAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        var state = await ReadAsync(blob, cancellationToken);
        List<Block> came = [.. state.Committed, .. state.Came()];
        return came.Count == state.Committed.Count
            ? state
            : new BlobState(came, [], await CommitAsync(blob, [.. came.Select(block => block.Name)], state.Version, cancellationToken));
    }

    /// <summary>A block cut in two: its first part becomes a block of its own.</summary>
    private static async Task<string> StageHeadAsync(BlockBlobClient blob, Block cut, long length, CancellationToken cancellationToken)
    {
        var name = Block.NameOf(Block.NewWriter(), cut.Start);
        var head = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(cut.Start, length - cut.Start) }, cancellationToken);
        await using var content = head.Value.Content.ToStream();
        await blob.StageBlockAsync(name, content, cancellationToken: cancellationToken);
        return name;
    }

    private static async Task<BlobState> ReadAsync(BlockBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var list = await blob.GetBlockListAsync(BlockListTypes.All, cancellationToken: cancellationToken);
            List<Block> committed = [];
            foreach (var block in list.Value.CommittedBlocks)
                committed.Add(new Block(block.Name, committed.Sum(b => b.Length), block.SizeLong));
            return new BlobState(committed, [.. list.Value.UncommittedBlocks.Select(block => Block.Staged(block.Name, block.SizeLong))], list.GetRawResponse().Headers.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return new BlobState([], [], null);
        }
    }

    private static async Task<ETag> CommitAsync(BlockBlobClient blob, IReadOnlyList<string> names, ETag? seen, CancellationToken cancellationToken)
    {
        var options = new CommitBlockListOptions { Conditions = seen is { } version ? new() { IfMatch = version } : new() { IfNoneMatch = ETag.All } };
        return (await blob.CommitBlockListAsync(names, options, cancellationToken)).Value.ETag;
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (RequestFailedException quicker) when (quicker.Status is 409 or 412)
        {
            throw new StaleException();
        }
        catch (Exception down) when (down is AggregateException or TimeoutException or RequestFailedException { Status: 0 or 403 or 408 or 429 or >= 500 })
        {
            throw new EvidenceStoreDownException(down);
        }
    }

    /// <summary>The blob as it is; without a version there is none.</summary>
    private sealed record BlobState(IReadOnlyList<Block> Committed, IReadOnlyList<Block> Staged, ETag? Version)
    {
        public long Length => Committed.Sum(block => block.Length);

        /// <summary>Blocks one writer staged without a gap after what is lasting; of several writers, the one who came furthest.</summary>
        public IReadOnlyList<Block> Came() =>
            Staged.GroupBy(block => block.Writer, StringComparer.Ordinal).Select(Following).MaxBy(blocks => blocks.Count) ?? [];

        private List<Block> Following(IEnumerable<Block> staged)
        {
            List<Block> following = [];
            var end = Length;
            foreach (var block in staged.OrderBy(block => block.Start).SkipWhile(block => block.Start < end))
            {
                if (block.Start != end)
                    break;
                following.Add(block);
                end = block.End;
            }

            return following;
        }
    }

    /// <summary>A block; its name says who staged it and where it begins.</summary>
    private sealed record Block(string Name, long Start, long Length)
    {
        private const int WriterLength = 8;

        public long End => Start + Length;

        public string Writer => Convert.ToHexString(Convert.FromBase64String(Name).AsSpan(0, WriterLength));

        public static byte[] NewWriter() => RandomNumberGenerator.GetBytes(WriterLength);

        public static string NameOf(byte[] writer, long start)
        {
            Span<byte> name = stackalloc byte[WriterLength + sizeof(long)];
            writer.CopyTo(name);
            BinaryPrimitives.WriteInt64BigEndian(name[WriterLength..], start);
            return Convert.ToBase64String(name);
        }

        public static Block Staged(string name, long length) =>
            new(name, BinaryPrimitives.ReadInt64BigEndian(Convert.FromBase64String(name).AsSpan(WriterLength)), length);
    }

    /// <summary>Writing: whole writes are gathered into blocks, so that none is ever cut in two.</summary>
    private sealed class Blocks(BlockBlobClient blob, List<string> names, long start, ETag seen) : Stream
    {
        private readonly byte[] writer = Block.NewWriter();
        private readonly MemoryStream gathered = new();
        private long staged = start;
        private ETag version = seen;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => staged + gathered.Length;

        public override long Position
        {
            get => Length;
            set => throw new NotSupportedException();
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gathered.Write(buffer.Span);
            if (gathered.Length >= BlockLength)
                await StageAsync(cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            await StageAsync(cancellationToken);
            version = await AskAsync(() => CommitAsync(blob, names, version, cancellationToken));
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            gathered.Dispose();
            base.Dispose(disposing);
        }

        private async Task StageAsync(CancellationToken cancellationToken)
        {
            if (gathered.Length == 0)
                return;
            var name = Block.NameOf(writer, staged);
            gathered.Position = 0;
            await AskAsync(() => blob.StageBlockAsync(name, gathered, cancellationToken: cancellationToken));
            names.Add(name);
            staged += gathered.Length;
            gathered.SetLength(0);
        }
    }
}
