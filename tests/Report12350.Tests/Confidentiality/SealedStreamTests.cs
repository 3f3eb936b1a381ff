using System.Security.Cryptography;
using CsCheck;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class SealedStreamTests
{
    private const int Segment = SealedStream.SegmentLength;
    private const int Header = 5;
    private const int SealedSegment = 7 + Segment + 16;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly Guid FileId = Guid.NewGuid();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(65535, 1)]
    [InlineData(65536, 1)]
    [InlineData(65537, 2)]
    [InlineData(1048575, 16)]
    [InlineData(1048576, 16)]
    [InlineData(1048577, 17)]
    [InlineData(3145728, 48)]
    [InlineData(3145729, 50)]
    public async Task A_file_of_any_size_reads_back(int length, int segments)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        using var target = new MemoryStream();

        var file = await SealedStream.SealAsync(new Drip(plain), target, Key, FileId, length, TestContext.Current.CancellationToken);

        file.Length.ShouldBe(length);
        file.Sha256.ShouldBe(SHA256.HashData(plain));
        file.SealedLength.ShouldBe(target.Length);
        target.Length.ShouldBe(Header + ((long)segments * SealedSegment));
        ReadAll(target.ToArray(), length).AsSpan().SequenceEqual(plain).ShouldBeTrue();
        (await ReadAllAsync(target.ToArray(), length)).AsSpan().SequenceEqual(plain).ShouldBeTrue();
    }

    [Fact]
    public async Task Any_range_reads_as_the_plain_file_does()
    {
        var plain = RandomNumberGenerator.GetBytes((4 * Segment) + 1234);
        var sealedFile = await SealAsync(plain);

        Gen.Select(Gen.Int[0, plain.Length + 100], Gen.Int[0, 2 * Segment], Gen.Enum<SeekOrigin>()).Array[1, 6].Sample(
            ranges =>
            {
                using var stream = Open(sealedFile, plain.Length);
                foreach (var (from, count, origin) in ranges)
                {
                    stream.Seek(from - origin switch { SeekOrigin.Current => stream.Position, SeekOrigin.End => plain.Length, _ => 0 }, origin).ShouldBe(from);
                    var read = new byte[count];
                    var got = stream.ReadAtLeast(read, count, throwOnEndOfStream: false);
                    var expected = plain.AsSpan(Math.Min(from, plain.Length), Math.Clamp(plain.Length - from, 0, count));
                    read.AsSpan(0, got).SequenceEqual(expected).ShouldBeTrue();
                    stream.Position.ShouldBe(from + got);
                }
            },
            iter: 200);
    }

    [Fact]
    public async Task A_file_cut_at_any_segment_is_refused_even_when_its_length_is_adjusted()
    {
        var sealedFile = await SealAsync(new byte[5 * Segment]);
        for (var kept = 0; kept < 5; kept++)
        {
            var cut = sealedFile[..(Header + (kept * SealedSegment))];
            Should.Throw<SealBrokenException>(() => Open(cut, 5 * Segment), $"{kept} segments");
            if (kept > 0)
            {
                Should.Throw<SealBrokenException>(() => ReadAll(cut, kept * Segment), $"{kept} segments, adjusted");
            }
        }

        Should.Throw<SealBrokenException>(() => Open([.. sealedFile, .. new byte[SealedSegment]], 5 * Segment));
        Should.Throw<SealBrokenException>(() => Open(sealedFile[..^1], 5 * Segment));
        Should.Throw<SealBrokenException>(() => Open([], 0));
    }

    [Fact]
    public async Task Any_altered_byte_is_noticed()
    {
        const int Length = (2 * Segment) + 10;
        var sealedFile = await SealAsync(RandomNumberGenerator.GetBytes(Length));

        foreach (var at in Enumerable.Range(0, Header + 1).Append(sealedFile.Length - 1))
        {
            Should.Throw<SealBrokenException>(() => ReadAll(Altered(sealedFile, at), Length), $"byte {at}");
        }

        Gen.Int[0, sealedFile.Length - 1].Sample(
            at => Should.Throw<SealBrokenException>(() => ReadAll(Altered(sealedFile, at), Length)), iter: 200);
    }

    [Fact]
    public async Task Swapped_segments_are_noticed()
    {
        var sealedFile = await SealAsync(new byte[4 * Segment]);
        var swapped = sealedFile.ToArray();
        sealedFile.AsSpan(Header, SealedSegment).CopyTo(swapped.AsSpan(Header + SealedSegment));
        sealedFile.AsSpan(Header + SealedSegment, SealedSegment).CopyTo(swapped.AsSpan(Header));

        Should.Throw<SealBrokenException>(() => ReadAll(swapped, 4 * Segment));
    }

    [Fact]
    public async Task Another_key_or_another_file_does_not_open()
    {
        var sealedFile = await SealAsync(new byte[10]);

        Should.Throw<SealBrokenException>(() => ReadAll(sealedFile, 10, key: RandomNumberGenerator.GetBytes(32)));
        Should.Throw<SealBrokenException>(() => ReadAll(sealedFile, 10, fileId: Guid.NewGuid()));
    }

    [Theory]
    [InlineData(100, 99)]
    [InlineData(Segment + 1, Segment)]
    [InlineData(3 * Segment, 1)]
    [InlineData(1, 0)]
    public async Task A_file_too_large_is_refused(int length, long maxLength)
    {
        var refused = await Should.ThrowAsync<FileTooLargeException>(() => SealedStream.SealAsync(
            new MemoryStream(new byte[length]), Stream.Null, Key, FileId, maxLength, TestContext.Current.CancellationToken));

        refused.MaxLength.ShouldBe(maxLength);
    }

    [Fact]
    public Task A_file_taken_up_at_any_byte_as_often_as_one_likes_reads_back() =>
        Gen.Select(Gen.Int[1, 5 * Segment], Gen.Int[0, 5 * Segment].Array[0, 5]).SampleAsync(async (length, stops) =>
        {
            var plain = RandomNumberGenerator.GetBytes(length);
            using var target = new MemoryStream();
            var (segments, tail) = (0L, Array.Empty<byte>());
            foreach (var stop in stops.Order().Append(length))
            {
                using var writer = new SealedFileWriter(target, Key, FileId, segments, tail);
                await writer.TakeAsync(new MemoryStream(plain[(int)writer.Length..]), Math.Min(stop, length), CancellationToken.None);
                (segments, tail) = (writer.Written, writer.Tail.ToArray());
                target.Length.ShouldBe(SealedStream.SealedLengthOf(segments));
                if (stop == length)
                    await writer.FinishAsync(CancellationToken.None);
            }

            ReadAll(target.ToArray(), length).AsSpan().SequenceEqual(plain).ShouldBeTrue();
        }, iter: 100);

    [Fact]
    public async Task A_segment_sealed_again_has_a_nonce_of_its_own()
    {
        var (first, again) = (await SealAsync(new byte[Segment * 2]), await SealAsync(new byte[Segment * 2]));

        first.AsSpan(Header, 7).SequenceEqual(again.AsSpan(Header, 7)).ShouldBeFalse();
        first.AsSpan(Header, 7).SequenceEqual(first.AsSpan(Header + SealedSegment, 7)).ShouldBeTrue("one writer counts");
    }

    [Fact]
    public void Padding_stays_under_a_sixteenth_and_never_shrinks() => Gen.Long[1024 * 1024, 1L << 40].Sample(length =>
    {
        var padded = SealedStream.PaddedLength(length);
        padded.ShouldBeInRange(length, length + (length / 16) + 1);
        (padded % Segment).ShouldBe(0);
        SealedStream.PaddedLength(padded).ShouldBe(padded);
    });

    [Fact]
    public async Task Sealing_a_large_file_takes_little_memory()
    {
        using var plain = new Zeros(64L * 1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sealing = SealedStream.SealAsync(plain, Stream.Null, Key, FileId, long.MaxValue, TestContext.Current.CancellationToken);

        sealing.IsCompleted.ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1024 * 1024);
        (await sealing).Length.ShouldBe(64L * 1024 * 1024);
    }

    [Fact]
    public async Task The_plain_view_is_for_reading_only_and_closes_the_file()
    {
        var inner = new MemoryStream(await SealAsync(new byte[10]));
        var stream = SealedStream.OpenRead(inner, Key, FileId, 10);

        stream.CanWrite.ShouldBeFalse();
        Should.Throw<NotSupportedException>(() => stream.WriteByte(1));
        await stream.DisposeAsync();
        inner.CanRead.ShouldBeFalse();
        Should.Throw<ObjectDisposedException>(() => stream.ReadByte());
    }

    private static async Task<byte[]> SealAsync(byte[] plain)
    {
        using var target = new MemoryStream();
        await SealedStream.SealAsync(new MemoryStream(plain), target, Key, FileId, long.MaxValue, TestContext.Current.CancellationToken);
        return target.ToArray();
    }

    private static Stream Open(byte[] sealedFile, long length) => SealedStream.OpenRead(new MemoryStream(sealedFile), Key, FileId, length);

    private static byte[] ReadAll(byte[] sealedFile, long length, byte[]? key = null, Guid? fileId = null)
    {
        using var stream = SealedStream.OpenRead(new MemoryStream(sealedFile), key ?? Key, fileId ?? FileId, length);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task<byte[]> ReadAllAsync(byte[] sealedFile, long length)
    {
        await using var stream = Open(sealedFile, length);
        using var plain = new MemoryStream();
        await stream.CopyToAsync(plain, TestContext.Current.CancellationToken);
        return plain.ToArray();
    }

    private static byte[] Altered(byte[] sealedFile, int at)
    {
        var altered = sealedFile.ToArray();
        altered[at] ^= 1;
        return altered;
    }

    /// <summary>A slow upload: never more than 1000 bytes at once.</summary>
    private sealed class Drip(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }

    private sealed class Zeros(long length) : MemoryStream
    {
        private long left = length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Clear();
            left -= count;
            return ValueTask.FromResult(count);
        }
    }
}
