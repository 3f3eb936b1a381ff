using Report12350.Redaction;

namespace Report12350.Tests.Redaction;

public sealed class MaskedTextTests
{
    private const string Text = "三楼堵了。只有我上夜班！阿强也看见了。";

    [Fact]
    public void Pieces_are_sentences_cut_where_masks_begin_and_end_and_together_the_text()
    {
        var pieces = MaskedText.Pieces(Text, Masked((12, 2)));

        pieces.Select(p => (p.Text, p.Masked)).ShouldBe([("三楼堵了。", false), ("只有我上夜班！", false), ("阿强", true), ("也看见了。", false)]);
        string.Concat(pieces.Select(p => p.Text)).ShouldBe(Text);
        pieces.ShouldAllBe(p => Text.Substring(p.Start, p.Text.Length) == p.Text);
    }

    [Fact]
    public void A_bar_tells_neither_letters_nor_length()
    {
        MaskedText.Shown(Text, Masked((12, 2))).ShouldBe(["三楼堵了。只有我上夜班！", null, "也看见了。"]);
        MaskedText.Shown(Text, Masked((0, 5), (5, 7), (11, 2))).ShouldBe([null, "强也看见了。"]);
        MaskedText.Shown(Text, Masked((-5, 500))).ShouldBe([null]);
        MaskedText.Shown(Text, Masked((0, int.MaxValue))).ShouldBe([null]);
    }

    [Fact]
    public void A_text_that_is_not_as_long_as_when_it_was_masked_is_hidden_altogether_and_stays_so()
    {
        MaskedText.Shown(Text + "又说", Masked((12, 2))).ShouldBe([null]);

        var before = new Masks { Texts = [Masked((12, 2))] }.Fixed();
        var now = new Masks { Texts = [new TextMask("t", Text.Length + 2, Shown: true, [])] }.KeepingWhatWasFixedIn(before);
        MaskedText.Shown(Text + "又说", now.Of("t")).ShouldBe([null]);
    }

    [Theory]
    [InlineData("阿强也来了", "阿强")]
    [InlineData("阿 强也来了", "阿强")]
    [InlineData("电话１３８ 0000-0000。", "138 00000000")]
    [InlineData("车牌粤N·a123", "A123")]
    public void A_word_is_found_however_it_is_spaced_and_written(string text, string word)
    {
        var found = MaskedText.Find(text, word);

        found.ShouldHaveSingleItem();
        MaskedText.Shown(text, new TextMask("t", text.Length, Shown: true, found)).ShouldContain((string?)null);
    }

    [Fact]
    public void Every_place_of_a_word_is_found_and_no_word_is_nowhere()
    {
        MaskedText.Find("的的x的", "的").Count.ShouldBe(3);
        MaskedText.Find("哈哈哈", "哈哈").Count.ShouldBe(2, "they overlap");
        MaskedText.Find("abc", " - ").ShouldBeEmpty();
        MaskedText.Find("abc", "x").ShouldBeEmpty();
    }

    [Fact]
    public void Half_a_letter_is_no_letter() => MaskedText.Shown("a😀b", new TextMask("t", 4, Shown: true, [new MaskedRange(2, 1)])).ShouldBe(["a", null, "b"]);

    private static TextMask Masked(params (int Start, int Length)[] ranges) =>
        new("t", Text.Length, Shown: true, [.. ranges.Select(r => new MaskedRange(r.Start, r.Length))]);
}
