namespace Report12350.Evidence;

/// <summary>What a file is, by its first bytes, not by its name; what is not on the list is not taken.</summary>
public static class MediaTypes
{
    /// <summary>Bytes from the start that are enough to tell.</summary>
    public const int HeadLength = 4096;

    /// <summary>The media type, or null when it is not one we take.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
            return head[8..12].SequenceEqual("WEBP"u8) ? "image/webp" : head[8..12].SequenceEqual("WAVE"u8) ? "audio/wav" : null;
        if (head.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (head.StartsWith("ID3"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFB]) || head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xF3]))
            return "audio/mpeg";
        if (head.StartsWith("#!AMR"u8))
            return "audio/amr";
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return "video/webm";
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
            return Brand(head[8..12]);
        if (head.StartsWith("PK\x03\x04"u8))
            return Office(head);
        return IsPlainText(head) ? "text/plain" : null;
    }

    private static string Brand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8))
            return "image/heic";
        if (brand.SequenceEqual("qt  "u8))
            return "video/quicktime";
        return brand.StartsWith("M4A"u8) ? "audio/mp4" : "video/mp4";
    }

    private static string? Office(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("word/"u8) >= 0)
            return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        return head.IndexOf("xl/"u8) >= 0 ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : null;
    }

    private static bool IsPlainText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.IndexOfAnyInRange((byte)0, (byte)8) >= 0)
            return false;
        var looksLikeMarkup = head.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8);
        return !looksLikeMarkup;
    }
}
