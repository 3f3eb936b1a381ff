namespace Report12350.Evidence;

/// <summary>What a file is, by its first bytes, not by its name; what is not on the list is not taken.</summary>
public static class MediaTypes
{
    /// <summary>Bytes from the start that are enough to tell.</summary>
    public const int HeadLength = 4096;

    private static readonly HashSet<string> Endings = Words(
        "jpg jpeg jpe jfif png webp heic heif hif mp4 m4v mov qt 3gp 3gpp 3g2 webm m4a mp3 wav amr pdf docx xlsx txt log");

    /// <summary>What a machine would run.</summary>
    private static readonly HashSet<string> Programs = Words(
        "exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta msi msp lnk url reg dll cpl jar apk sh bash py php phtml asp aspx jsp html htm xhtml mht svg svgz swf iso img");

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

    /// <summary>Whether a name ends as such files do (扩展名), and hides no program before its end, as in 照片.exe.jpg. A name may have no ending.</summary>
    public static bool IsOrdinaryName(string name)
    {
        var endings = name.Split('.')[1..].Select(ending => ending.Trim().ToLowerInvariant()).ToList();
        return !endings.Exists(Programs.Contains) && (endings.Count == 0 || !IsEnding(endings[^1]) || Endings.Contains(endings[^1]));
    }

    /// <summary>Whether it would also open as something else (多重格式): a document, a page or a program.</summary>
    public static bool IsTwoInOne(ReadOnlySpan<byte> head, string type)
    {
        head = head[..Math.Min(head.Length, HeadLength)];
        if (type != "application/pdf" && head.IndexOf("%PDF-"u8) >= 0)
            return true;
        if (type is "application/pdf" or "text/plain")
            return head.IndexOf("PK\x03\x04"u8) >= 0;
        foreach (var word in (ReadOnlySpan<string>)["<script", "<html", "<!doctype", "<?php", "<svg", "#!/"])
        {
            if (Holds(head, word))
                return true;
        }

        return false;
    }

    /// <summary>What looks like an ending; “3月5日.现场” and “v1.2” have none.</summary>
    private static bool IsEnding(string text) => text.Length is > 0 and <= 8 && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);

    private static bool Holds(ReadOnlySpan<byte> head, string word)
    {
        for (var at = 0; at + word.Length <= head.Length; at++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(head.Slice(at, word.Length), word))
                return true;
        }

        return false;
    }

    private static string? Brand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8))
            return "image/heic";
        if (brand.StartsWith("avi"u8) || brand.StartsWith("crx"u8) || brand.StartsWith("jp2"u8))
            return null;
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

    private static HashSet<string> Words(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
