using ImageMagick;
using Microsoft.Extensions.Configuration;
using Report12350.Evidence;
using Report12350.Evidence.Cleaning;
using Report12350.Intake;
using Report12350.Redaction;

namespace Report12350.Tests.Redaction;

/// <summary>Decoded, a masked picture holds no pixel of what was masked, however it was turned, sized or compressed.</summary>
public sealed class MaskedPictureTests
{
    private static readonly MaskedRegion Left = new(0, 0, 500, 1000);
    private static readonly MaskedRegion Top = new(0, 0, 1000, 500);

    [Theory]
    [InlineData(160, 120)]
    [InlineData(161, 121)]
    [InlineData(2401, 1801)]
    public async Task Neither_the_masked_half_nor_its_edge_shines_through(int width, int height)
    {
        var picture = HalfRed(width, height, MagickFormat.Png);

        (await RedsAsync(picture, "image/png")).ShouldBeGreaterThan(1000, "so it is without a mask");
        (await RedsAsync(picture, "image/png", Left)).ShouldBe(0);
    }

    [Fact]
    public async Task A_picture_taken_with_the_telephone_upright_is_masked_as_it_is_seen()
    {
        // Stored lying, shown turned by a quarter: the red left is seen above.
        var picture = HalfRed(160, 120, MagickFormat.Jpeg, turned: Orientation.RightTop);

        (await RedsAsync(picture, "image/jpeg", Left)).ShouldBeGreaterThan(1000);
        (await RedsAsync(picture, "image/jpeg", Top with { Height = 510 })).ShouldBe(0);
    }

    [Fact]
    public async Task Under_a_transparent_part_nothing_is_left_and_no_profile_goes_with_it()
    {
        using var image = new MagickImage(HalfRed(160, 120, MagickFormat.Png));
        image.Alpha(AlphaAction.Transparent);
        image.SetProfile(new ExifProfile());
        image.Comment = "阿强";

        var drawn = await DrawAsync(image.ToByteArray(MagickFormat.Png), "image/png", Left);

        using var decoded = new MagickImage(drawn);
        decoded.ProfileNames.ShouldBeEmpty();
        decoded.Comment.ShouldBeNull();
        Reds(decoded, below: 200).ShouldBe(0);
    }

    private static async Task<int> RedsAsync(byte[] picture, string type, params IReadOnlyList<MaskedRegion> masked)
    {
        using var image = new MagickImage(await DrawAsync(picture, type, masked));
        return Reds(image, below: 60);
    }

    /// <summary>Pixels that are more red than blue, and more than a trace.</summary>
    private static int Reds(MagickImage image, int below)
    {
        using var pixels = image.GetPixels();
        return pixels.Select(p => p.ToColor()!).Count(c => c.R > 60 && c.B < below && c.G < below);
    }

    private static async Task<byte[]> DrawAsync(byte[] picture, string type, params IReadOnlyList<MaskedRegion> masked)
    {
        await using var content = new MemoryStream(picture);
        using var view = new ImageView(new Decoder(new ConfigurationBuilder().Build()));
        return await view.DrawAsync(new EvidenceContent(new EvidenceDescription("x", type, picture.Length, ""), content), TestContext.Current.CancellationToken, masked);
    }

    private static byte[] HalfRed(int width, int height, MagickFormat format, Orientation turned = Orientation.TopLeft)
    {
        using var image = new MagickImage(MagickColors.Blue, (uint)width, (uint)height) { Quality = 100 };
        using var red = new MagickImage(MagickColors.Red, (uint)width / 2, (uint)height);
        image.Composite(red, 0, 0, CompositeOperator.Over);
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, (ushort)turned);
        image.SetProfile(exif);
        image.Orientation = turned;
        return image.ToByteArray(format);
    }
}
