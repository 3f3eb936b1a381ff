using ImageMagick;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>The part of this program that runs apart (解码程序): one file comes in by the standard input, one goes out by the standard output.</summary>
public static class DecoderProgram
{
    /// <summary>The word that calls it.</summary>
    public const string Word = "decode";

    internal const int FirstRefusal = 10;

    /// <summary>What a file becomes when it is drawn or written anew. To write WebP takes more memory than to read it.</summary>
    internal static string TypeAfter(string type) => type is "image/heic" or "image/webp" ? "image/jpeg" : type;

    /// <returns>Exit code: 0, or why not.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        try
        {
            Bound();
            using var input = new MemoryStream();
            using (var standard = Console.OpenStandardInput())
                standard.CopyTo(input);
            var made = words.ToArray() switch
            {
                ["clean", var type] => Clean(type, input.ToArray()),
                ["draw", var type, var longest, var watermark, .. var masked] =>
                    new CleanedBytes(ImageDrawer.Draw(input.ToArray(), FormatOf(type), Drawing.Of(longest, watermark, masked)), []),
                _ => throw new NotCleanedException(NotCleaned.Unavailable),
            };
            using var output = Console.OpenStandardOutput();
            output.Write(made.Bytes.Span);
            Console.Error.Write(string.Join(' ', made.Removed));
            return 0;
        }
        catch (Exception refusal)
        {
            return FirstRefusal + (int)WhyOf(refusal);
        }
    }

    /// <summary>What the library that draws may take, below what the process may.</summary>
    private static void Bound()
    {
        ResourceLimits.Memory = 200 * 1024 * 1024;
        ResourceLimits.MaxMemoryRequest = 200 * 1024 * 1024;
        ResourceLimits.Area = 200 * 1024 * 1024;
        ResourceLimits.Width = 20_000;
        ResourceLimits.Height = 20_000;
        ResourceLimits.Disk = 0;
        ResourceLimits.Thread = 1;
    }

    private static CleanedBytes Clean(string type, byte[] file) => type switch
    {
        "application/pdf" => PdfCleaner.Clean(file),
        _ when type.EndsWith("wordprocessingml.document", StringComparison.Ordinal) => OfficeCleaner.Clean(file),
        _ when type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal) => OfficeCleaner.Clean(file),
        _ => ImageCleaner.Clean(file, FormatOf(type), FormatOf(TypeAfter(type))),
    };

    private static MagickFormat FormatOf(string type) => type switch
    {
        "image/jpeg" => MagickFormat.Jpeg,
        "image/png" => MagickFormat.Png,
        "image/webp" => MagickFormat.WebP,
        "image/heic" => MagickFormat.Heic,
        _ => throw new NotCleanedException(NotCleaned.Unavailable),
    };

    private static NotCleaned WhyOf(Exception refusal) => refusal switch
    {
        NotCleanedException known => known.Why,
        OutOfMemoryException or InsufficientMemoryException or MagickResourceLimitErrorException or MagickCacheErrorException => NotCleaned.TooMuch,
        _ => NotCleaned.Unreadable,
    };
}

/// <summary>A file without what it gave away, and what that was.</summary>
internal sealed record CleanedBytes(ReadOnlyMemory<byte> Bytes, IReadOnlyCollection<Trace> Removed);
