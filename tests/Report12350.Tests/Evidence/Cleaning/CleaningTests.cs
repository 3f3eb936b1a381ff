using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ImageMagick;
using Report12350.Domain.Evidence;
using UglyToad.PdfPig;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Files of every kind, with every trace such files carry: none is left in what officers see, and it shows what was sent.</summary>
public sealed class CleaningTests(CleanedCorpus corpus) : IClassFixture<CleanedCorpus>
{
    /// <summary>What a file must say of itself to be shown at all, by exiftool's names.</summary>
    private static readonly HashSet<string> Needed =
    [
        .. ("SourceFile ExifToolVersion FileName Directory FileSize FileModifyDate FileAccessDate FileInodeChangeDate FilePermissions FileType FileTypeExtension MIMEType Warning Error "
            + "ImageWidth ImageHeight EncodingProcess BitsPerSample ColorComponents YCbCrSubSampling JFIFVersion ResolutionUnit XResolution YResolution ImageSize Megapixels "
            + "BitDepth ColorType Compression Filter Interlace Gamma WhitePointX WhitePointY RedX RedY GreenX GreenY BlueX BlueY SRGBRendering PixelUnits PixelsPerUnitX PixelsPerUnitY BackgroundColor Transparency "
            + "VP8Version HorizontalScale VerticalScale AlphaIsUsed WebP_Flags ImageLength "
            + "PDFVersion Linearized PageCount PageLayout PageMode "
            + "ZipRequiredVersion ZipBitFlag ZipCompression ZipModifyDate ZipCRC ZipCompressedSize ZipUncompressedSize ZipFileName Title HeadingPairs "
            + "MIMEEncoding Newlines LineCount WordCount ByteOrderMark "
            + "Encoding NumChannels SampleRate AvgBytesPerSec Duration NumSamples "
            + "MPEGAudioVersion AudioLayer AudioBitrate ChannelMode MSStereo IntensityStereo CopyrightFlag OriginalMedia Emphasis ID3Size "
            + "DocType DocTypeVersion DocTypeReadVersion EBMLVersion EBMLReadVersion TimecodeScale MuxingApp WritingApp TrackNumber TrackUID TrackType TrackUsed TrackDefault TrackForced TrackLacing TrackLanguage CodecID "
            + "VideoScanType DisplayUnit DisplayWidth DisplayHeight VideoFrameRate AudioChannels AudioSampleRate AudioBitsPerSample DefaultDuration CodecDelay SeekPreRoll EBMLMaxIDLength EBMLMaxSizeLength "
            + "MajorBrand MinorVersion CompatibleBrands MovieHeaderVersion CreateDate ModifyDate TimeScale PreferredRate PreferredVolume PreviewTime PreviewDuration PosterTime SelectionTime SelectionDuration CurrentTime NextTrackID "
            + "TrackHeaderVersion TrackCreateDate TrackModifyDate TrackID TrackDuration TrackLayer TrackVolume MatrixStructure Rotation MediaHeaderVersion MediaCreateDate MediaModifyDate MediaTimeScale MediaDuration MediaLanguageCode "
            + "HandlerType HandlerClass HandlerDescription GraphicsMode OpColor CompressorID CompressorName SourceImageWidth SourceImageHeight PixelAspectRatio BufferSize MaxBitrate AverageBitrate "
            + "AudioFormat Balance AudioVendorID VendorID MovieDataSize MovieDataOffset MediaDataSize MediaDataOffset AvgBitrate MovieFragmentSequence SequenceNumber EditListVersion PurchaseFileFormat "
            + "SampleToChunk SampleSizes ChunkOffset TimeToSampleTable AVCConfiguration MediaData HandlerVendorID Unknown_tfhd Unknown_tfdt Unknown_trun Unknown_mvex Unknown_mfra Unknown_esds Unknown_btrt Unknown_mp4a "
            + "QuickTime_ChannelLayout_0x000c QuickTime_ChannelLayout_0x0008 LayoutFlags Matroska_0x16bb Matroska_0x16aa Matroska_0x35a2 Matroska_0x15b0 CodecPrivate TimeCode SeekPosition SeekID "
            + "EmbeddedImage EmbeddedImageWidth EmbeddedImageHeight EmbeddedImageFilter EmbeddedImageColorSpace").Split(' '),
    ];

    [Fact]
    public void The_corpus_is_large_and_gives_itself_away()
    {
        corpus.Files.Count.ShouldBeGreaterThanOrEqualTo(60);
        corpus.Files.Select(f => f.Type).Distinct().Count().ShouldBe(15, "every kind on the list");
        var innocent = corpus.Files.Where(f => !Identifying(corpus.TagsSent[f.Name]).Any() && !HoldsPlanted(File.ReadAllBytes(f.Path))).Select(f => f.Name);
        innocent.ShouldBe(["words.txt", "call.amr"], ignoreOrder: true);
    }

    [Fact]
    public void Every_file_of_the_corpus_has_a_working_copy_and_its_own_hash()
    {
        corpus.Files.Where(f => corpus.SaidOf(f).Copy is null).Select(f => $"{f.Name}: {corpus.SaidOf(f).Uncleaned}").ShouldBeEmpty();
        foreach (var file in corpus.Files)
            corpus.SaidOf(file).Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path))));
    }

    [Fact]
    public void No_tag_that_identifies_is_left() =>
        corpus.Files.SelectMany(f => Identifying(corpus.TagsCleaned[f.Name]).Select(tag => $"{f.Name}: {tag}")).ShouldBeEmpty();

    [Fact]
    public void No_word_that_was_planted_is_left_anywhere_in_the_bytes() =>
        corpus.Files.Where(f => HoldsPlanted(File.ReadAllBytes(corpus.CopyOf(f)))).Select(f => f.Name).ShouldBeEmpty();

    [Fact]
    public void No_box_of_a_recording_says_more_than_is_needed_to_play_it()
    {
        string[] known = ["ftyp", "moov", "mvhd", "trak", "tkhd", "edts", "elst", "mdia", "mdhd", "hdlr", "minf", "vmhd", "smhd", "dinf", "dref", "stbl", "stsd", "stts", "stsc", "stsz", "stco", "stss", "sgpd", "sbgp", "mvex", "mehd", "trex", "moof", "mfhd", "traf", "tfhd", "tfdt", "trun", "mdat", "mfra", "wide", "free", "udta", "meta", "ilst"];
        foreach (var file in corpus.Files.Where(f => f.Type is "video/mp4" or "video/quicktime" or "audio/mp4"))
        {
            var boxes = Boxes(File.ReadAllBytes(corpus.CopyOf(file))).ToList();
            boxes.Select(b => b.Name).Except(known).ShouldBeEmpty(file.Name);
            foreach (var (name, content) in boxes.Where(b => b.Name is "mvhd" or "tkhd" or "mdhd"))
                content.AsSpan(4, 8).ContainsAnyExcept((byte)0).ShouldBeFalse($"{file.Name}: {name} has a date");
            boxes.Where(b => b.Name == "ilst").ShouldAllBe(b => b.Content.Length == 0);
            Boxes(File.ReadAllBytes(file.Path)).Select(b => b.Name).ShouldContain(name => name == "udta" || name == "meta", $"{file.Name} itself has what the walker looks for");
        }
    }

    [Fact]
    public void A_picture_still_looks_as_it_did_and_stands_upright()
    {
        foreach (var file in corpus.Files.Where(f => f.Type.StartsWith("image/", StringComparison.Ordinal)))
        {
            using var sent = new MagickImage(file.Path);
            using var cleaned = new MagickImage(corpus.CopyOf(file));
            sent.AutoOrient();
            if (sent.GetColorProfile() is not null)
                sent.TransformColorSpace(ColorProfiles.SRGB);
            (cleaned.Width, cleaned.Height).ShouldBe((sent.Width, sent.Height), file.Name);
            sent.Compare(cleaned, ErrorMetric.RootMeanSquared).ShouldBeLessThan(0.03, file.Name);
        }
    }

    [Fact]
    public async Task A_recording_plays_the_same_pictures_and_the_same_sound()
    {
        foreach (var file in corpus.Files.Where(f => f.Type.StartsWith("video/", StringComparison.Ordinal) || f.Type.StartsWith("audio/", StringComparison.Ordinal)))
        {
            // A player takes what hangs on at the end of this one for more sound.
            var sent = file.Name == "trailing.amr" ? corpus.Files.Single(f => f.Name == "call.amr") : file;
            var what = file.Type.StartsWith("video/", StringComparison.Ordinal) ? "v" : "a";
            (await PlayedAsync(corpus.CopyOf(file), what)).ShouldBe(await PlayedAsync(sent.Path, what), file.Name);
        }
    }

    [Fact]
    public void A_document_still_says_what_it_said_and_not_what_was_struck_out()
    {
        foreach (var file in corpus.Files.Where(f => f.Name.EndsWith(".pdf", StringComparison.Ordinal)))
        {
            using var pdf = PdfDocument.Open(corpus.CopyOf(file));
            pdf.GetPage(1).Text.ShouldContain(Papers.Words, Case.Sensitive, file.Name);
            pdf.GetPage(1).GetImages().Count().ShouldBe(1);
        }

        foreach (var file in corpus.Files.Where(f => f.Type is CorpusFile.Docx or CorpusFile.Xlsx))
        {
            using var office = ZipFile.OpenRead(corpus.CopyOf(file));
            using var main = new StreamReader(office.GetEntry(file.Type == CorpusFile.Docx ? "word/document.xml" : "xl/worksheets/sheet1.xml")!.Open());
            var text = main.ReadToEnd();
            text.ShouldContain(Papers.Words);
            office.Entries.Select(e => e.FullName).ShouldContain(name => name.Contains("comments", StringComparison.Ordinal));
            if (file.Type == CorpusFile.Docx)
                text.ShouldContain("five of them");
        }
    }

    [Fact]
    public void What_was_taken_out_is_told_in_words()
    {
        Removed("plain0.jpg").ShouldBe([Trace.Place, Trace.Time, Trace.Device, Trace.Person, Trace.Attached], ignoreOrder: true);
        Removed("late.mp4").ShouldContain(Trace.Place);
        Removed("letter1.docx").ShouldContain(Trace.History);
        Removed("letter1.pdf").ShouldContain(Trace.Person);
        Removed("words.txt").ShouldBeEmpty();
    }

    private IReadOnlyList<Trace> Removed(string name) => corpus.SaidOf(corpus.Files.Single(f => f.Name == name)).Copy!.Removed;

    private static IEnumerable<string> Identifying(IEnumerable<(string Tag, string Value)> tags)
    {
        foreach (var (tag, value) in tags)
        {
            var name = tag[(tag.LastIndexOf(':') + 1)..];
            var isOfTheDisk = tag.StartsWith("System:", StringComparison.Ordinal) || tag.StartsWith("File:File", StringComparison.Ordinal);
            var isDate = name.Contains("Date", StringComparison.Ordinal) && value is not ("0000:00:00 00:00:00" or "1980:01:01 00:00:00");
            if (tag != "SourceFile" && !isOfTheDisk && (!Needed.Contains(name) || isDate || value.Contains(Corpus.Planted, StringComparison.Ordinal)))
                yield return $"{tag} = {value}";
        }
    }

    /// <summary>As bytes, as wide letters, and in the parts of a ZIP.</summary>
    private static bool HoldsPlanted(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Corpus.Planted)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Corpus.Planted)) >= 0)
            return true;
        if (!bytes.AsSpan().StartsWith("PK"u8))
            return false;
        using var zip = new ZipArchive(new MemoryStream(bytes));
        return zip.Entries.Any(entry =>
        {
            using var part = entry.Open();
            using var whole = new MemoryStream();
            part.CopyTo(whole);
            return entry.FullName.Contains(Corpus.Planted, StringComparison.Ordinal) || HoldsPlanted(whole.ToArray());
        });
    }

    private static async Task<string> PlayedAsync(string path, string stream) =>
        await Tools.RunAsync("ffmpeg", ["-hide_banner", "-loglevel", "error", "-noautorotate", "-i", path, "-map", $"0:{stream}:0", .. stream == "a" ? ["-c", "copy"] : (string[])["-fps_mode", "passthrough"], "-f", "md5", "-"]);

    /// <summary>An own reading of the boxes, apart from the product's.</summary>
    private static IEnumerable<(string Name, byte[] Content)> Boxes(byte[] file)
    {
        string[] holders = ["moov", "trak", "edts", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf", "udta"];
        for (var at = 0; at + 8 <= file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var name = Encoding.Latin1.GetString(file, at + 4, 4);
            if (length < 8 || at + length > file.Length)
                yield break;
            var content = file[(at + 8)..(at + length)];
            yield return (name, content);
            if (name == "meta" && content.Length > 4)
            {
                foreach (var inner in Boxes(content[4..]))
                    yield return inner;
            }

            if (holders.Contains(name))
            {
                foreach (var inner in Boxes(content))
                    yield return inner;
            }

            at += length;
        }
    }
}
