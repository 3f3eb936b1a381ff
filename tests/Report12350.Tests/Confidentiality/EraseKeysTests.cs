using Microsoft.Extensions.Configuration;
using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public sealed class EraseKeysTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-erase-").FullName;

    private string Sheets => Path.Combine(folder, "keys", "erase");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_key_is_on_the_disk_before_it_is_given_out_and_no_two_are_the_same()
    {
        var keys = Open();
        var given = Enumerable.Range(0, EraseKeys.PerSheet + 1).Select(_ => keys.Take()).ToList();

        given.ShouldAllBe(key => Open().Find(key.Id)!.Bytes.SequenceEqual(key.Bytes));
        given.Select(key => Convert.ToHexString(key.Bytes)).Distinct().Count().ShouldBe(given.Count);
    }

    [Fact]
    public void A_destroyed_key_is_gone_from_the_disk_and_for_every_process_and_its_neighbours_are_whole()
    {
        var keys = Open();
        var (before, key, after) = (keys.Take(), keys.Take(), keys.Take());
        OnDisk(key.Bytes).ShouldBeTrue();

        Open().Destroy(key.Id);
        Open().Destroy(key.Id);

        keys.Find(key.Id).ShouldBeNull();
        OnDisk(key.Bytes).ShouldBeFalse();
        (keys.Find(before.Id)!.Bytes.SequenceEqual(before.Bytes), keys.Find(after.Id)!.Bytes.SequenceEqual(after.Bytes)).ShouldBe((true, true));
    }

    [Fact]
    public void A_key_that_is_missing_is_not_a_key_that_was_destroyed()
    {
        var key = Open().Take();
        var sheet = Directory.EnumerateFiles(Sheets).Single();

        File.WriteAllBytes(sheet, new byte[EraseKeys.PerSheet * 32]);
        Should.Throw<EraseKeyMissingException>(() => Open().Find(key.Id));
        File.WriteAllBytes(sheet, []);
        Should.Throw<EraseKeyMissingException>(() => Open().Find(key.Id));
        Directory.Delete(Sheets, recursive: true);
        Should.Throw<EraseKeyMissingException>(() => Open().Find(key.Id));
        Should.Throw<EraseKeyMissingException>(() => Open().Destroy(key.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../keyring.json-0")]
    [InlineData("00000000000000000000000000000000-256")]
    [InlineData("00000000000000000000000000000000--1")]
    public void A_name_written_into_the_database_leads_to_no_other_file(string id) => Should.Throw<EraseKeyMissingException>(() => Open().Destroy(id));

    [Fact]
    public void A_box_sealed_with_it_does_not_open_without_it()
    {
        var (with, other, people, place) = (Open().Take(), Open().Take(), KeyPair.Generate(), new Place("t", "c", "r"));
        var box = SealedBox.Seal(people.PublicKey, [1, 2, 3], place, with);

        SealedBox.Open(people, box, place, with).ShouldBe([1, 2, 3]);
        Should.Throw<SealBrokenException>(() => SealedBox.Open(people, box, place));
        Should.Throw<SealBrokenException>(() => SealedBox.Open(people, box, place, other));
    }

    /// <summary>Another process, or the same one after a restart.</summary>
    private EraseKeys Open() => new(new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder)]).Build());

    private bool OnDisk(byte[] key) => Directory.EnumerateFiles(Sheets).Any(sheet => File.ReadAllBytes(sheet).AsSpan().IndexOf(key) >= 0);
}
