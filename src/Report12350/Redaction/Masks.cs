using Report12350.Confidentiality;
using Report12350.Domain.Redaction;

namespace Report12350.Redaction;

/// <summary>遮盖内容: what a person chose to show of a report, and what of that is masked. Sealed: where it hides something tells something.</summary>
public sealed record Masks
{
    public IReadOnlyList<TextMask> Texts { get; init; } = [];

    public IReadOnlyList<PictureMask> Pictures { get; init; } = [];

    /// <summary>As they were last kept; none when nobody has masked yet.</summary>
    internal static Masks KeptOn(MaskSheet? sheet, OpenedReport opened) =>
        sheet is null or { SealedMasks.Length: 0 } ? new Masks() : opened.Masks<Masks>(sheet.SealedMasks);

    public TextMask Of(string text) => Texts.FirstOrDefault(t => t.Text == text) ?? new TextMask(text, 0, Shown: false, []);

    public PictureMask Of(Guid picture) => Pictures.FirstOrDefault(p => p.Picture == picture) ?? new PictureMask(picture, Shown: false, []);

    /// <summary>What was masked for good stays masked, whatever was chosen now.</summary>
    internal Masks KeepingWhatWasFixedIn(Masks before) => With(before, range => range.Fixed, region => region.Fixed);

    /// <summary>This choice, and all that somebody else masked meanwhile.</summary>
    public Masks With(Masks others) => With(others, _ => true, _ => true);

    internal Masks Fixed() => new()
    {
        Texts = [.. Texts.Select(t => t with { Ranges = [.. t.Ranges.Select(r => r with { Fixed = true })] })],
        Pictures = [.. Pictures.Select(p => p with { Regions = [.. p.Regions.Select(r => r with { Fixed = true })] })],
    };

    public override string ToString() => nameof(Masks);

    private Masks With(Masks others, Func<MaskedRange, bool> ranges, Func<MaskedRegion, bool> regions) => new()
    {
        Texts = [.. Texts.UnionBy(others.Texts, t => t.Text).Select(t => t with
        {
            Ranges = [.. others.Of(t.Text).RangesIn(t.Length).Where(ranges).Concat(t.Ranges.Select(r => r with { Fixed = false })).DistinctBy(r => (r.Start, r.Length))],
        })],
        Pictures = [.. Pictures.UnionBy(others.Pictures, p => p.Picture).Select(p => p with
        {
            Regions = [.. others.Of(p.Picture).Regions.Where(regions).Concat(p.Regions.Select(r => r with { Fixed = false })).DistinctBy(r => (r.X, r.Y, r.Width, r.Height))],
        })],
    };
}

/// <param name="Text">As <see cref="MaskableText.Id"/> names it.</param>
/// <param name="Length">Of the text when it was masked; a text that is no longer as long is hidden altogether.</param>
public sealed record TextMask(string Text, int Length, bool Shown, IReadOnlyList<MaskedRange> Ranges)
{
    /// <summary>The masks as they hold for a text of this length.</summary>
    internal IReadOnlyList<MaskedRange> RangesIn(int length) =>
        Ranges.Count == 0 || length == Length ? Ranges : [new MaskedRange(0, length, Ranges.Any(r => r.Fixed))];

    public override string ToString() => nameof(TextMask);
}

/// <summary>Masked characters of a text (文字遮盖).</summary>
/// <param name="Fixed">For good.</param>
public readonly record struct MaskedRange(int Start, int Length, bool Fixed = false);

public sealed record PictureMask(Guid Picture, bool Shown, IReadOnlyList<MaskedRegion> Regions)
{
    public override string ToString() => nameof(PictureMask);
}

/// <summary>A masked rectangle of a picture (图片遮盖), in thousandths of its width and height.</summary>
/// <param name="Fixed">For good.</param>
public readonly record struct MaskedRegion(int X, int Y, int Width, int Height, bool Fixed = false)
{
    public const int Whole = 1000;

    public bool IsInside => X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X + Width <= Whole && Y + Height <= Whole;
}
