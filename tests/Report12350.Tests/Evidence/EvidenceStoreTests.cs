using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;
using Report12350.Evidence;

namespace Report12350.Tests.Evidence;

/// <summary>What every store keeps to; each runs on the real thing.</summary>
public abstract class EvidenceStoreTests
{
    private const int Large = (2 * 1024 * 1024) + 321;

    protected abstract IEvidenceStore Store { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_flushed_is_read_back_whole_and_by_range()
    {
        var (id, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(Large));
        await WriteAsync(id, 0, bytes);

        (await ReadAsync(id)).ShouldBe(bytes);
        await using var stream = await Store.OpenReadAsync(id, Token);
        stream.Length.ShouldBe(bytes.Length);
        foreach (var from in (int[])[Large - 10, 0, 1_500_000])
        {
            var range = new byte[10];
            stream.Position = from;
            await stream.ReadExactlyAsync(range, Token);
            range.ShouldBe(bytes[from..(from + 10)]);
        }
    }

    [Fact]
    public async Task A_file_grows_from_where_it_was_flushed()
    {
        var (id, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(Large));
        await WriteAsync(id, 0, bytes[..100]);
        await WriteAsync(id, 100, bytes[100..1_400_000]);
        await WriteAsync(id, 1_400_000, bytes[1_400_000..]);

        (await Store.SettleAsync(id, Token)).ShouldBe(bytes.Length);
        (await ReadAsync(id)).ShouldBe(bytes);
    }

    [Fact]
    public async Task What_was_written_and_never_flushed_is_settled_or_not_there_and_the_length_says_which()
    {
        var (id, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(Large));
        await WriteAsync(id, 0, bytes[..1000]);
        await using (var broken = await Store.AppendAsync(id, 1000, Token))
        {
            foreach (var piece in bytes[1000..].Chunk(70_000))
                await broken.WriteAsync(piece, Token);
        }

        var settled = (int)await Store.SettleAsync(id, Token);
        settled.ShouldBeInRange(1_000_000, bytes.Length);
        (await ReadAsync(id)).ShouldBe(bytes[..settled]);
        await WriteAsync(id, settled, bytes[settled..]);
        (await ReadAsync(id)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(1_200_000)]
    public async Task Writing_from_further_back_drops_what_lay_beyond(int length)
    {
        var (id, bytes) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(Large));
        await WriteAsync(id, 0, bytes[..1000]);
        await WriteAsync(id, 1000, bytes[1000..]);
        byte[] other = [.. Enumerable.Repeat((byte)7, 5000)];
        await WriteAsync(id, length, other);

        (await ReadAsync(id)).ShouldBe([.. bytes[..length], .. other]);
        (await Store.SettleAsync(id, Token)).ShouldBe(length + other.Length);
    }

    [Fact]
    public async Task What_is_not_there_has_no_length_cannot_be_read_and_is_deleted_in_peace()
    {
        var id = Guid.NewGuid();
        (await Store.SettleAsync(id, Token)).ShouldBe(0);
        await Should.ThrowAsync<FileNotFoundException>(() => Store.OpenReadAsync(id, Token));
        await Store.DeleteAsync(id, Token);

        await WriteAsync(id, 0, [1, 2, 3]);
        await Store.DeleteAsync(id, Token);
        (await Store.SettleAsync(id, Token)).ShouldBe(0);
        await Should.ThrowAsync<FileNotFoundException>(() => Store.OpenReadAsync(id, Token));
    }

    [Fact]
    public async Task What_was_begun_and_left_is_listed_once_its_time_is_over()
    {
        var (begun, written) = (Guid.NewGuid(), Guid.NewGuid());
        await (await Store.AppendAsync(begun, 0, Token)).DisposeAsync();
        await WriteAsync(written, 0, [1, 2, 3]);
        var now = TimeProvider.System.GetUtcNow();

        var old = await Store.UntouchedSinceAsync(now.AddHours(1), Token).ToListAsync(Token);
        old.ShouldContain(begun);
        old.ShouldContain(written);
        var older = await Store.UntouchedSinceAsync(now.AddHours(-1), Token).ToListAsync(Token);
        older.ShouldNotContain(begun);
        older.ShouldNotContain(written);
    }

    [Fact]
    public async Task A_sealed_file_taken_up_where_the_store_settled_opens_whole()
    {
        var (id, key, plain) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(Large * 2));
        await using (var broken = await Store.AppendAsync(id, 0, Token))
        using (var first = new SealedFileWriter(broken, key, id))
            await first.TakeAsync(new MemoryStream(plain[..(Large + 5000)]), long.MaxValue, Token);

        var segments = SealedStream.WholeSegments(await Store.SettleAsync(id, Token));
        segments.ShouldBeGreaterThan(10);
        await using (var target = await Store.AppendAsync(id, SealedStream.SealedLengthOf(segments), Token))
        using (var second = new SealedFileWriter(target, key, id, segments, []))
        {
            await second.TakeAsync(new MemoryStream(plain[(int)second.Length..]), long.MaxValue, Token);
            await second.FinishAsync(Token);
            await target.FlushAsync(Token);
        }

        await using var opened = SealedStream.OpenRead(await Store.OpenReadAsync(id, Token), key, id, plain.Length);
        using var whole = new MemoryStream();
        await opened.CopyToAsync(whole, Token);
        whole.ToArray().ShouldBe(plain);
    }

    [Fact]
    public async Task Everything_moves_to_another_store_and_is_deleted_here_once_it_is_there()
    {
        using var there = new TempFolder();
        var other = EvidenceSetup.Open(there.Configuration, EvidenceStore.Folder);
        var whole = (Id: Guid.NewGuid(), Bytes: RandomNumberGenerator.GetBytes((int)SealedStream.SealedLengthOf(20)));
        var broken = (Id: Guid.NewGuid(), Bytes: RandomNumberGenerator.GetBytes((int)SealedStream.SealedLengthOf(2) + 500));
        await WriteAsync(whole.Id, 0, whole.Bytes);
        await WriteAsync(broken.Id, 0, broken.Bytes);

        (await new MoveEvidence(Store, other).RunAsync(Token)).ShouldBeGreaterThanOrEqualTo(2);
        (await Store.UntouchedSinceAsync(DateTimeOffset.MaxValue, Token).ToListAsync(Token)).ShouldBeEmpty();
        (await ReadAsync(whole.Id, other)).ShouldBe(whole.Bytes);
        (await ReadAsync(broken.Id, other)).ShouldBe(broken.Bytes[..(int)SealedStream.SealedLengthOf(2)]);

        (await new MoveEvidence(other, Store).RunAsync(Token)).ShouldBeGreaterThanOrEqualTo(2);
        (await ReadAsync(whole.Id)).ShouldBe(whole.Bytes);
    }

    private async Task WriteAsync(Guid id, long from, byte[] bytes)
    {
        await using var target = await Store.AppendAsync(id, from, Token);
        foreach (var piece in bytes.Chunk(66_000))
            await target.WriteAsync(piece, Token);
        await target.FlushAsync(Token);
    }

    private async Task<byte[]> ReadAsync(Guid id, IEvidenceStore? store = null)
    {
        await using var stream = await (store ?? Store).OpenReadAsync(id, Token);
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Token);
        return whole.ToArray();
    }
}

/// <summary>A data folder that goes with the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("report12350-store-").FullName;

    public IConfiguration Configuration => new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", path)]).Build();

    public void Dispose() => Directory.Delete(path, recursive: true);
}

public sealed class FolderStoreTests : EvidenceStoreTests, IDisposable
{
    private readonly TempFolder folder = new();

    protected override IEvidenceStore Store => EvidenceSetup.Open(folder.Configuration, EvidenceStore.Folder);

    public void Dispose() => folder.Dispose();
}

public sealed class AzureBlobStoreTests(Azurite azurite) : EvidenceStoreTests, IClassFixture<Azurite>
{
    private readonly string container = $"c{Guid.NewGuid():N}";

    protected override IEvidenceStore Store => EvidenceSetup.Open(Settings, EvidenceStore.AzureBlob);

    private IConfiguration Settings =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Evidence:Connection", azurite.Connection), new("Evidence:Container", container)]).Build();

    [Fact]
    public async Task Two_who_write_the_same_file_are_noticed()
    {
        var id = Guid.NewGuid();
        await using var first = await Store.AppendAsync(id, 0, Token);
        await first.WriteAsync(new byte[100], Token);
        await using var second = await Store.AppendAsync(id, 0, Token);
        await second.WriteAsync(new byte[200], Token);
        await second.FlushAsync(Token);

        await Should.ThrowAsync<Report12350.Messaging.StaleException>(() => first.FlushAsync(Token));
        (await Store.SettleAsync(id, Token)).ShouldBe(200);
    }
}
