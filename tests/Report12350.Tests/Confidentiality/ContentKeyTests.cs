using Report12350.Confidentiality;

namespace Report12350.Tests.Confidentiality;

public class ContentKeyTests
{
    private static readonly Place Narrative = new("Reports", "Narrative", "7");

    [Fact]
    public void A_key_restored_from_its_bytes_opens_what_it_sealed()
    {
        var key = ContentKey.Generate();
        var text = key.Seal("二号车间的消防通道被堵", Narrative);
        var json = key.SealJson(new[] { 1, 2 }, Narrative);

        var restored = ContentKey.From(key.Bytes);

        restored.OpenText(text, Narrative).ShouldBe("二号车间的消防通道被堵");
        restored.OpenJson<int[]>(json, Narrative).ShouldBe([1, 2]);
    }

    [Fact]
    public void Another_reports_key_opens_nothing()
    {
        var envelope = ContentKey.Generate().Seal("text", Narrative);

        Should.Throw<SealBrokenException>(() => ContentKey.Generate().OpenText(envelope, Narrative));
    }

    [Fact]
    public void Every_purpose_and_file_has_a_key_of_its_own()
    {
        var key = ContentKey.Generate();
        var file = Guid.NewGuid();
        byte[][] keys = [key.Bytes.ToArray(), key.Derive("Reports.Narrative"), key.Derive("Messages.Text"), key.ForFile(file), key.ForFile(Guid.NewGuid())];

        keys.Select(Convert.ToHexString).Distinct().Count().ShouldBe(5);
        keys.ShouldAllBe(one => one.Length == 32);
        key.ForFile(file).ShouldBe(keys[3]);
    }

    [Fact]
    public void A_column_is_not_sealed_under_the_content_key_itself()
    {
        var key = ContentKey.Generate();

        Should.Throw<SealBrokenException>(() => Envelope.OpenText(key.Bytes, key.Seal("text", Narrative), Narrative));
    }

    [Fact]
    public void Only_32_bytes_make_a_key() => Should.Throw<ArgumentException>(() => ContentKey.From(new byte[31]));
}
