using ImageMagick;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>The part of this program that runs apart (解码程序): one file comes in by the standard input, one goes out by the standard output.</summary>
public static class DecoderProgram
{
    /// <summary>The word that calls it.</summary>
    public const string Word = "decode";

    internal const int FirstRefusal = 10;

    /// <summary>What a file becomes when it is drawn or written anew.</summary>
    internal static string TypeAfter(string type) => type == "image/heic" ? "image/jpeg" : type;

    /// <returns>Exit code: 0, or why not.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        try
        {
            using var input = new MemoryStream();
            using (var standard = Console.OpenStandardInput())
                standard.CopyTo(input);
            var cleaned = words is ["clean", var type] ? Clean(type, input.ToArray()) : throw new NotCleanedException(NotCleaned.Unavailable);
            using var output = Console.OpenStandardOutput();
            output.Write(cleaned.Bytes.Span);
            Console.Error.Write(string.Join(' ', cleaned.Removed));
            return 0;
        }
        catch (Exception refusal)
        {
            return FirstRefusal + (int)WhyOf(refusal);
        }
    }

    private static CleanedBytes Clean(string type, byte[] file) => type switch
    {
        "image/jpeg" => ImageCleaner.Clean(file, MagickFormat.Jpeg, MagickFormat.Jpeg),
        "image/png" => ImageCleaner.Clean(file, MagickFormat.Png, MagickFormat.Png),
        "image/webp" => ImageCleaner.Clean(file, MagickFormat.WebP, MagickFormat.WebP),
        "image/heic" => ImageCleaner.Clean(file, MagickFormat.Heic, MagickFormat.Jpeg),
        "application/pdf" => PdfCleaner.Clean(file),
        _ when type.EndsWith("wordprocessingml.document", StringComparison.Ordinal) => OfficeCleaner.Clean(file),
        _ when type.EndsWith("spreadsheetml.sheet", StringComparison.Ordinal) => OfficeCleaner.Clean(file),
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
