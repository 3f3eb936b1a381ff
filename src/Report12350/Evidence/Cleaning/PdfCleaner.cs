using Report12350.Domain.Evidence;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;
using UglyToad.PdfPig.Tokens;

namespace Report12350.Evidence.Cleaning;

/// <summary>A PDF written anew from what its pages need (PDF 清理): who made it, earlier wordings, previews, forms and scripts are not among that.</summary>
internal sealed class PdfCleaner
{
    private const int MostPages = 2000;
    private const int MostObjects = 200_000;
    private const int Deepest = 100;

    private static readonly HashSet<string> OfCatalog = Names("Type Pages Outlines PageLabels PageLayout PageMode OCProperties Dests Lang");
    private static readonly HashSet<string> OfPage = Names("Type Parent Kids Count Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots UserUnit");
    private static readonly HashSet<string> OfRemark = Names("Type Subtype Rect F AP AS Border BS C IC CA Contents QuadPoints L LE InkList Vertices DA Q MK BE RD CL H Dest A OC Name");
    private static readonly HashSet<string> OfAction = Names("Type S URI D");
    private static readonly HashSet<string> NotElsewhere =
        Names("Metadata PieceInfo LastModified Thumb AA OpenAction JS JavaScript EF AF EmbeddedFiles Private CreatorInfo ModDate CreationDate Producer Author StructParent StructParents VP LGIDict AcroForm StructTreeRoot SE");
    private static readonly HashSet<string> OtherActions = Names("Launch JavaScript SubmitForm ImportData ResetForm GoToR GoToE Rendition Named Hide SetOCGState Trans GoTo3DView");

    private readonly PdfDocument document;
    private readonly PdfWriter writer = new();
    private readonly Dictionary<IndirectReference, int> numbers = [];
    private readonly Queue<(IndirectReference From, int To)> waiting = [];
    private readonly SortedSet<Trace> removed = [];

    private PdfCleaner(PdfDocument document) => this.document = document;

    public static CleanedBytes Clean(byte[] file)
    {
        try
        {
            using var document = PdfDocument.Open(file, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
            return new PdfCleaner(document).Rewrite(file);
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new NotCleanedException(NotCleaned.Locked);
        }
    }

    private CleanedBytes Rewrite(byte[] file)
    {
        if (document.NumberOfPages > MostPages)
            throw new NotCleanedException(NotCleaned.TooMuch);
        Notice(file);
        var catalog = document.Structure.Catalog.CatalogDictionary;
        if (Resolve(catalog.Data.GetValueOrDefault("Names")) is DictionaryToken names && names.Data.ContainsKey("EmbeddedFiles"))
            throw new NotCleanedException(NotCleaned.Nested);
        var root = writer.NextNumber();
        writer.Write(root, Dictionary(catalog, OfCatalog.Contains, 0));
        while (waiting.TryDequeue(out var next))
            writer.Write(next.To, Copied(document.Structure.GetObject(next.From).Data, "", 0));
        return new CleanedBytes(writer.Finish(root), removed);
    }

    private void Notice(byte[] file)
    {
        var said = document.Information;
        if (said.Author is not null)
            removed.Add(Trace.Person);
        if (said.Producer is not null || said.Creator is not null)
            removed.Add(Trace.Device);
        if (said.CreationDate is not null || said.ModifiedDate is not null)
            removed.Add(Trace.Time);
        if (file.AsSpan().IndexOf("%%EOF"u8) is var end and >= 0 && file.AsSpan(end + 5).IndexOf("%%EOF"u8) >= 0)
            removed.Add(Trace.History);
    }

    private IToken Copied(IToken token, string under, int depth)
    {
        if (depth > Deepest)
            throw new NotCleanedException(NotCleaned.TooMuch);
        return token switch
        {
            IndirectReferenceToken reference => new IndirectReferenceToken(new IndirectReference(NumberOf(reference.Data), 0)),
            ArrayToken array => new ArrayToken([.. array.Data.Select(item => Copied(item, under, depth + 1))]),
            StreamToken stream => Stream(stream, depth),
            DictionaryToken dictionary => Dictionary(dictionary, KeptIn(dictionary, under), depth),
            _ => token,
        };
    }

    private Func<string, bool> KeptIn(DictionaryToken dictionary, string under)
    {
        var type = NameIn(dictionary, "Type");
        if (type is "Page" or "Pages")
            return OfPage.Contains;
        var isRemark = type == "Annot" || under == "Annots" || (dictionary.Data.ContainsKey("Rect") && dictionary.Data.ContainsKey("Subtype"));
        if (isRemark && NameIn(dictionary, "Subtype") is "FileAttachment" or "Sound" or "Movie" or "Screen" or "RichMedia" or "3D")
            throw new NotCleanedException(NotCleaned.Nested);
        if (isRemark)
            return key => Kept(OfRemark.Contains(key), key is "T" ? Trace.Person : key is "M" or "CreationDate" ? Trace.Time : null);
        if (NameIn(dictionary, "S") is { } action && (action is "URI" or "GoTo" || OtherActions.Contains(action)))
            return OtherActions.Contains(action) ? _ => false : OfAction.Contains;
        return key => Kept(!NotElsewhere.Contains(key) && !key.StartsWith("PTEX.", StringComparison.Ordinal), key is "Metadata" ? Trace.Attached : key is "Thumb" ? Trace.Preview : null);
    }

    private bool Kept(bool isKept, Trace? trace)
    {
        if (!isKept && trace is { } given)
            removed.Add(given);
        return isKept;
    }

    private DictionaryToken Dictionary(DictionaryToken dictionary, Func<string, bool> isKept, int depth) => new(
        dictionary.Data.Where(entry => isKept(entry.Key)).ToDictionary(entry => NameToken.Create(entry.Key), entry => Copied(entry.Value, entry.Key, depth + 1)));

    private IToken Stream(StreamToken stream, int depth)
    {
        if (NameIn(stream.StreamDictionary, "Type") is "Metadata" or "EmbeddedFile")
            return NullToken.Instance;
        var bytes = stream.Data.ToArray();
        if (IsPhoto(stream.StreamDictionary))
        {
            var stripped = JpegSegments.Strip(bytes);
            if (stripped.Length < bytes.Length)
                removed.Add(Trace.Attached);
            bytes = stripped;
        }

        var kept = KeptIn(stream.StreamDictionary, "");
        return new StreamToken(Dictionary(stream.StreamDictionary, key => key is not ("Length" or "F" or "FFilter" or "FDecodeParms" or "DL") && kept(key), depth), bytes);
    }

    private bool IsPhoto(DictionaryToken stream) => Resolve(stream.Data.GetValueOrDefault("Filter")) switch
    {
        NameToken name => name.Data == "DCTDecode",
        ArrayToken { Data: [NameToken { Data: "DCTDecode" }] } => true,
        _ => false,
    };

    private IToken? Resolve(IToken? token) => token is IndirectReferenceToken reference ? document.Structure.GetObject(reference.Data).Data : token;

    private string? NameIn(DictionaryToken dictionary, string key) => (Resolve(dictionary.Data.GetValueOrDefault(key)) as NameToken)?.Data;

    private int NumberOf(IndirectReference reference)
    {
        if (numbers.TryGetValue(reference, out var known))
            return known;
        if (numbers.Count == MostObjects)
            throw new NotCleanedException(NotCleaned.TooMuch);
        var number = numbers[reference] = writer.NextNumber();
        waiting.Enqueue((reference, number));
        return number;
    }

    private static HashSet<string> Names(string names) => [.. names.Split(' ')];
}
