using System.Text;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>The search itself: what is there is found, so that finding nothing means something.</summary>
public sealed class MarkSearchTests
{
    private const string Planted = "narrative-7F3A91";
    private static readonly MarkSearch Search = new([new Mark("narrative", Encoding.UTF8.GetBytes(Planted)), new Mark("Chinese", Encoding.UTF8.GetBytes(Marks.Chinese))]);

    public static TheoryData<string, byte[]> Writings() => new()
    {
        { "bytes", Encoding.UTF8.GetBytes($"{{\"Narrative\":\"{Planted}\"}}") },
        { "UTF-16LE", Encoding.Unicode.GetBytes($"x{Planted}y") },
        { "UTF-16BE", Encoding.BigEndianUnicode.GetBytes($"x{Planted}y") },
        { "hex", Encoding.ASCII.GetBytes("\\x00" + Convert.ToHexString(Encoding.UTF8.GetBytes(Planted)) + "FF") },
        { "small hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"a{Planted}b"))) },
        { "base64 at 0", Base64($"{Planted}") },
        { "base64 at 1", Base64($"aaaa{Planted}bb") },
        { "base64 at 2", Base64($"aa{Planted}b") },
        { "UTF-16LE in base64 at 0", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.Unicode.GetBytes($"aaa{Planted}"))) },
    };

    [Theory, MemberData(nameof(Writings))]
    public void A_planted_mark_is_found_in_each_form(string form, byte[] where) => Search.Find(where).ShouldContain($"narrative as {form}");

    public static TheoryData<string, byte[]> ChineseWritings() => new()
    {
        { "bytes", Encoding.UTF8.GetBytes($"说:{Marks.Chinese}。") },
        { "UTF-16LE", Encoding.Unicode.GetBytes($"说:{Marks.Chinese}。") },
        { "base64 at 1", Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"说 {Marks.Chinese}。"))) },
        { "JSON", Encoding.ASCII.GetBytes(System.Text.Json.JsonSerializer.Serialize($"说{Marks.Chinese}。")) },
        { "form", Encoding.ASCII.GetBytes(Uri.EscapeDataString($"说{Marks.Chinese}。")) },
        { "hex", Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(Marks.Chinese))) },
    };

    [Theory, MemberData(nameof(ChineseWritings))]
    public void Chinese_is_found_in_each_form(string form, byte[] where) => Search.Find(where).ShouldContain($"Chinese as {form}");

    [Fact]
    public void Several_marks_in_one_place_are_all_told() =>
        Search.Find(Encoding.UTF8.GetBytes($"{Marks.Chinese}-{Planted}{Planted}")).ShouldBe(["Chinese as bytes", "narrative as bytes"], ignoreOrder: true);

    [Fact]
    public void Raw_keys_are_found_as_bytes_as_hex_and_as_in_cookies()
    {
        byte[] key = [0xFF, 0x00, 0x80, 0x13, 0x37, 0xC0, 0xFE, 0x01];
        var search = new MarkSearch([new Mark("key", key)]);
        search.Find([1, 2, .. key, 3]).ShouldBe(["key as bytes"]);
        search.Find(Encoding.ASCII.GetBytes("\\xff00801337c0fe01")).ShouldBe(["key as small hex"]);
        search.Find(Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString([.. key, 9]))).ShouldBe(["key as base64url at 0"]);
    }

    [Fact]
    public void Nothing_is_found_where_nothing_is() => Search.Find(Encoding.UTF8.GetBytes("标记甲 narrative-7F3A92")).ShouldBeEmpty();

    private static byte[] Base64(string text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
}
