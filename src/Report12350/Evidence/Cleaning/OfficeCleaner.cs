using System.IO.Compression;
using ImageMagick;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Word and Excel files packed anew (办公文档清理): what is shown stays; who wrote, changed and remarked it goes, and what was struck out with it.</summary>
internal sealed class OfficeCleaner
{
    private const int MostParts = 3000;
    private const int DeepestNesting = 2;
    private const long MostBytes = 256 * 1024 * 1024;
    private const int MostPart = 64 * 1024 * 1024;

    /// <summary>The oldest date a ZIP knows.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Start, Trace Trace)[] Dropped =
    [
        ("docprops/thumbnail", Trace.Preview), ("docprops/", Trace.Person), ("docmetadata/", Trace.Attached), ("customxml/", Trace.Attached),
        ("_xmlsignatures/", Trace.Person), ("word/people.xml", Trace.Person), ("word/commentsextended.xml", Trace.Time), ("word/commentsids.xml", Trace.Time),
        ("word/commentsextensible.xml", Trace.Time), ("word/printersettings", Trace.Device), ("xl/printersettings", Trace.Device), ("xl/persons/", Trace.Person),
        ("xl/threadedcomments/", Trace.Person), ("xl/revisions/", Trace.History), ("xl/externallinks/", Trace.Attached), ("xl/connections.xml", Trace.Attached),
        ("xl/querytables/", Trace.Attached), ("word/recipientdata.xml", Trace.Attached),
    ];

    private static readonly Dictionary<string, MagickFormat> Pictures = new(StringComparer.Ordinal)
    {
        [".jpeg"] = MagickFormat.Jpeg,
        [".jpg"] = MagickFormat.Jpeg,
        [".jpe"] = MagickFormat.Jpeg,
        [".png"] = MagickFormat.Png,
        [".gif"] = MagickFormat.Gif,
        [".bmp"] = MagickFormat.Bmp,
        [".tif"] = MagickFormat.Tiff,
        [".tiff"] = MagickFormat.Tiff,
        [".webp"] = MagickFormat.WebP,
    };

    private readonly SortedSet<Trace> removed = [];
    private readonly int depth;
    private long inflated;

    private OfficeCleaner(int depth) => this.depth = depth;

    public static CleanedBytes Clean(byte[] file) => new OfficeCleaner(1).Repack(file);

    internal static Trace? DroppedFor(string part) =>
        Dropped.FirstOrDefault(d => part.TrimStart('/').StartsWith(d.Start, StringComparison.OrdinalIgnoreCase)) is ({ }, var trace) ? trace : null;

    private CleanedBytes Repack(byte[] file)
    {
        using var source = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
        if (source.Entries.Count > MostParts)
            throw new NotCleanedException(NotCleaned.TooMuch);
        var result = new MemoryStream();
        using (var target = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var part in source.Entries.DistinctBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).Where(Stays))
                Copy(part, target);
        }

        return new CleanedBytes(result.GetBuffer().AsMemory(0, (int)result.Length), removed);
    }

    private bool Stays(ZipArchiveEntry part)
    {
        if (part.FullName.EndsWith('/'))
            return false;
        if (DroppedFor(part.FullName.Replace("/_rels/", "/", StringComparison.Ordinal)) is not { } trace)
            return true;
        removed.Add(trace);
        return false;
    }

    private void Copy(ZipArchiveEntry part, ZipArchive target)
    {
        var entry = target.CreateEntry(part.FullName, CompressionLevel.Fastest);
        entry.LastWriteTime = NoDate;
        using var output = entry.Open();
        var ending = Path.GetExtension(part.FullName).ToLowerInvariant();
        switch (ending)
        {
            case ".xml" or ".rels" or ".vml":
                using (var input = new Bounded(part.Open(), this))
                    OfficeXml.Copy(part.FullName, input, output, removed);
                break;
            case ".odttf":
                using (var input = new Bounded(part.Open(), this))
                    input.CopyTo(output);
                break;
            case ".docx" or ".xlsx":
                output.Write(Nested(Inflate(part)).Span);
                break;
            default:
                if (!Pictures.TryGetValue(ending, out var format))
                    throw new NotCleanedException(NotCleaned.Nested);
                output.Write(Picture(Inflate(part), format).Span);
                break;
        }
    }

    private byte[] Inflate(ZipArchiveEntry part)
    {
        using var input = new Bounded(part.Open(), this);
        using var whole = new MemoryStream();
        input.CopyTo(whole);
        return whole.Length <= MostPart ? whole.ToArray() : throw new NotCleanedException(NotCleaned.TooMuch);
    }

    private ReadOnlyMemory<byte> Nested(byte[] file)
    {
        if (depth == DeepestNesting)
            throw new NotCleanedException(NotCleaned.TooMuch);
        return Merged(new OfficeCleaner(depth + 1) { inflated = inflated }.Repack(file));
    }

    private ReadOnlyMemory<byte> Picture(byte[] picture, MagickFormat format) => Merged(ImageCleaner.Clean(picture, format, format));

    private ReadOnlyMemory<byte> Merged(CleanedBytes cleaned)
    {
        removed.UnionWith(cleaned.Removed);
        return cleaned.Bytes;
    }

    /// <summary>So much is unpacked in all, and no more.</summary>
    private sealed class Bounded(Stream packed, OfficeCleaner cleaner) : ForwardStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = packed.Read(buffer, offset, count);
            cleaner.inflated += read;
            return cleaner.inflated <= MostBytes ? read : throw new NotCleanedException(NotCleaned.TooMuch);
        }

        protected override void Dispose(bool disposing)
        {
            packed.Dispose();
            base.Dispose(disposing);
        }
    }
}
