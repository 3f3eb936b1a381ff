using System.Xml;
using Report12350.Domain.Evidence;

namespace Report12350.Evidence.Cleaning;

/// <summary>Copies one part of an office file, element by element (文档部件), and leaves out what names people, times and former wordings.</summary>
internal static class OfficeXml
{
    private const int Deepest = 300;
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Nowhere = "about:blank";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 200_000_000,
    };

    /// <summary>Left out with all that is in them.</summary>
    private static readonly Dictionary<string, Trace> Elements = new(StringComparer.Ordinal)
    {
        ["rsids"] = Trace.History,
        ["docId"] = Trace.Device,
        ["attachedTemplate"] = Trace.Device,
        ["absPath"] = Trace.Person,
        ["fileSharing"] = Trace.Person,
        ["fileVersion"] = Trace.Device,
        ["revisionPtr"] = Trace.History,
        ["externalReferences"] = Trace.Attached,
        ["docVars"] = Trace.Attached,
        ["mailMerge"] = Trace.Attached,
    };

    /// <summary>Of a change, what was there before it.</summary>
    private static readonly HashSet<string> Former = new(StringComparer.Ordinal)
    {
        "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange",
        "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "cellMerge",
    };

    private static readonly HashSet<string> Changes = new(StringComparer.Ordinal) { "ins", "moveTo" };

    private static readonly Dictionary<string, Trace> Emptied = new(StringComparer.Ordinal)
    {
        ["author"] = Trace.Person,
        ["initials"] = Trace.Person,
    };

    private static readonly Dictionary<string, Trace> Attributes = new(StringComparer.Ordinal)
    {
        ["date"] = Trace.Time,
        ["dateUtc"] = Trace.Time,
        ["userId"] = Trace.Person,
        ["userName"] = Trace.Person,
        ["providerId"] = Trace.Person,
        ["lastEdited"] = Trace.Device,
        ["lowestEdited"] = Trace.Device,
        ["rupBuild"] = Trace.Device,
        ["documentId"] = Trace.Device,
        ["coauthVersionLast"] = Trace.History,
        ["coauthVersionMax"] = Trace.History,
    };

    public static void Copy(string part, Stream input, Stream output, ISet<Trace> removed)
    {
        using var reader = XmlReader.Create(input, Reading);
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), OmitXmlDeclaration = false });
        writer.WriteStartDocument(standalone: true);
        new Copying(part, reader, writer, removed).Run();
        writer.WriteEndDocument();
    }

    private sealed class Copying(string part, XmlReader reader, XmlWriter writer, ISet<Trace> removed)
    {
        private readonly bool isLinks = part.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);
        private readonly bool isTypes = part.Equals("[Content_Types].xml", StringComparison.OrdinalIgnoreCase);

        /// <summary>For each open element, whether it was written.</summary>
        private readonly Stack<bool> open = [];

        private bool isAuthor;

        public void Run()
        {
            for (var more = reader.Read(); more;)
            {
                if (reader.NodeType is XmlNodeType.Element && LeftOut() is { } trace)
                {
                    removed.Add(trace);
                    reader.Skip();
                    more = !reader.EOF;
                    continue;
                }

                CopyOne();
                more = reader.Read();
            }
        }

        private void CopyOne()
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Start();
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when isAuthor:
                    removed.Add(Trace.Person);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    writer.WriteString(reader.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    writer.WriteWhitespace(reader.Value);
                    break;
                default:
                    break;
            }
        }

        private Trace? LeftOut()
        {
            if (Elements.TryGetValue(reader.LocalName, out var trace))
                return trace;
            if (reader.NamespaceURI == Word && Former.Contains(reader.LocalName))
                return Trace.History;
            if (isTypes && reader.LocalName == "Override")
                return OfficeCleaner.DroppedFor(reader.GetAttribute("PartName") ?? "");
            return isLinks && reader.LocalName == "Relationship" ? DroppedLink() : null;
        }

        /// <summary>A link to a part that is left out, or to the template on somebody's disk.</summary>
        private Trace? DroppedLink()
        {
            if ((reader.GetAttribute("Type") ?? "").EndsWith("/attachedTemplate", StringComparison.Ordinal))
                return Trace.Device;
            return reader.GetAttribute("TargetMode") == "External" ? null : OfficeCleaner.DroppedFor(Resolved(reader.GetAttribute("Target") ?? ""));
        }

        private string Resolved(string target)
        {
            if (target.StartsWith('/'))
                return target;
            var folder = part[..part.IndexOf("_rels/", StringComparison.Ordinal)];
            return new Uri(new Uri("http://part/" + folder), target).AbsolutePath;
        }

        private void Start()
        {
            if (reader.Depth > Deepest)
                throw new NotCleanedException(NotCleaned.TooMuch);
            var isEmpty = reader.IsEmptyElement;
            var written = !(reader.NamespaceURI == Word && Changes.Contains(reader.LocalName));
            if (written)
                Write();
            else
                removed.Add(Trace.History);
            if (isEmpty && written)
                writer.WriteEndElement();
            if (!isEmpty)
                open.Push(written);
        }

        private void Write()
        {
            var element = reader.LocalName;
            writer.WriteStartElement(reader.Prefix, element, reader.NamespaceURI);
            isAuthor = element == "author" && !reader.IsEmptyElement && part.Contains("comments", StringComparison.OrdinalIgnoreCase);
            while (reader.MoveToNextAttribute())
                WriteAttribute(element);
            reader.MoveToElement();
        }

        private void WriteAttribute(string element)
        {
            var (name, value) = (reader.LocalName, reader.Value);
            if (reader.Prefix is "xmlns" || (reader.Prefix.Length == 0 && name == "xmlns"))
                writer.WriteAttributeString(reader.Prefix, name, reader.NamespaceURI, value);
            else if (Attributes.TryGetValue(name, out var trace))
                removed.Add(trace);
            else if (name.StartsWith("rsid", StringComparison.Ordinal))
                removed.Add(Trace.History);
            else if (element == "pageSetup" && reader.NamespaceURI == Links)
                removed.Add(Trace.Device);
            else
                writer.WriteAttributeString(reader.Prefix, name, reader.NamespaceURI, Kept(element, name, value));
        }

        private string Kept(string element, string name, string value)
        {
            if (Emptied.TryGetValue(name, out var trace))
            {
                removed.Add(trace);
                return "";
            }

            // Pictures and files elsewhere would be fetched by whoever opens it, or name somebody's folders.
            return isLinks && element == "Relationship" && name == "Target" && reader.Value is { } target && IsOutside() && !IsAddress(target) ? Nowhere : value;
        }

        private bool IsOutside()
        {
            var (type, mode) = ("", "");
            var at = reader.LocalName;
            if (reader.MoveToAttribute("TargetMode"))
                mode = reader.Value;
            if (reader.MoveToAttribute("Type"))
                type = reader.Value;
            reader.MoveToAttribute(at);
            isHyperlink = type.EndsWith("/hyperlink", StringComparison.Ordinal);
            return mode == "External";
        }

        private bool isHyperlink;

        private bool IsAddress(string target) =>
            isHyperlink && Uri.TryCreate(target, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto" or "tel";

        private void End()
        {
            isAuthor = false;
            if (open.Pop())
                writer.WriteFullEndElement();
        }
    }
}
