using System.Buffers;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Profiles;

namespace Report12350.Evidence;

/// <summary>Takes one file: tells what it is by content, seals it as it streams in, keeps only what is on the list.</summary>
public sealed class EvidenceIntake(EvidenceFolder folder, JurisdictionProfile profile, TimeProvider time)
{
    /// <summary>Seals a file under the content key. The row is the caller's to save; unsaved files are collected later.</summary>
    /// <exception cref="RuleBrokenException">Empty, too large, or of a kind that is not taken.</exception>
    internal async Task<(EvidenceFile Row, EvidenceDescription Description)> TakeAsync(
        Stream plain, string fileName, ContentKey key, EvidencePurpose purpose, Actor by, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(fileName.Replace('\\', '/')).Trim();
        var head = new byte[MediaTypes.HeadLength];
        var read = await plain.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
            throw new RuleBrokenException("rule.FileEmpty", name);
        var type = MediaTypes.Sniff(head.AsSpan(0, read));
        if (type is null || !profile.Uploads.Allows(type))
            throw new RuleBrokenException("rule.FileTypeRefused", name);
        var limit = LimitFor(type);
        var id = Guid.NewGuid();
        var now = time.GetUtcNow();
        try
        {
            await using var whole = new HeadedStream(head.AsMemory(0, read), plain);
            var saved = await folder.SaveAsync(id, key.ForFile(id), whole, limit, cancellationToken);
            var description = new EvidenceDescription(name, type, saved.Length, Convert.ToHexStringLower(saved.Sha256));
            return (new EvidenceFile(id, purpose, by, now, saved.SealedLength, key.SealJson(description, Places.Evidence(id))), description);
        }
        catch (FileTooLargeException)
        {
            throw new RuleBrokenException("rule.FileTooLarge", name, limit / (1024 * 1024));
        }
    }

    private long LimitFor(string type) => type.Split('/')[0] switch
    {
        "image" => profile.Uploads.MaxPhotoBytes,
        "video" => profile.Uploads.MaxVideoBytes,
        _ => profile.Uploads.MaxFileBytes,
    };

    /// <summary>The head that was looked at, then the rest.</summary>
    private sealed class HeadedStream(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> left = head;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left.IsEmpty)
                return await rest.ReadAsync(buffer, cancellationToken);
            var taken = Math.Min(left.Length, buffer.Length);
            left[..taken].CopyTo(buffer);
            left = left[taken..];
            return taken;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
