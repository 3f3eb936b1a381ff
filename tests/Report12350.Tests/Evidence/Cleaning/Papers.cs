using System.Globalization;
using System.Text;
using static Report12350.Tests.Evidence.Cleaning.Corpus;

namespace Report12350.Tests.Evidence.Cleaning;

/// <summary>Letters and tables as offices write them: with authors, remarks, former wordings, previews and photos that carry their own traces.</summary>
internal static class Papers
{
    public const string Words = "Gas bottles under the stairs";

    private const string W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string S = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Pack = "http://schemas.openxmlformats.org/package/2006";

    private static readonly (string Name, byte[] Bytes)[] Properties =
    [
        Part("docProps/core.xml", $"""<cp:coreProperties xmlns:cp="{Pack}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>{Planted}-creator</dc:creator><cp:lastModifiedBy>{Planted}-modifier</cp:lastModifiedBy><dcterms:created>2026-03-09T08:07:06Z</dcterms:created></cp:coreProperties>"""),
        Part("docProps/app.xml", $"""<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>{Planted}-company</Company><Manager>{Planted}-manager</Manager></Properties>"""),
        Part("docProps/custom.xml", $"""<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="{Planted}-property"/></Properties>"""),
        ("docProps/thumbnail.jpeg", Encoding.ASCII.GetBytes($"{Planted}-thumbnail")),
        Part("customXml/item1.xml", $"<x>{Planted}-custom</x>"),
        Part("_rels/.rels", $"""<Relationships xmlns="{Pack}/relationships"><Relationship Id="rId1" Type="{Rel}/officeDocument" Target="MAIN"/><Relationship Id="rId2" Type="{Pack}/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="{Rel}/extended-properties" Target="docProps/app.xml"/><Relationship Id="rId4" Type="{Pack}/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>"""),
    ];

    public static byte[] Docx(byte[] photo, int n) => Zip(
    [
        Types("word/document.xml", "wordprocessingml.document"),
        .. Rooted("word/document.xml"),
        Part("word/document.xml", $"""<w:document {W}><w:body><w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CE"><w:r><w:t>{Words} {n}</w:t></w:r><w:ins w:id="1" w:author="{Planted}-inserter" w:date="2026-03-09T08:07:06Z"><w:r><w:t>, five of them</w:t></w:r></w:ins><w:del w:id="2" w:author="{Planted}-deleter" w:date="2026-03-09T08:07:06Z"><w:r><w:delText>{Planted}-struck-out</w:delText></w:r></w:del><w:r><w:commentReference w:id="0"/></w:r></w:p></w:body></w:document>"""),
        Part("word/_rels/document.xml.rels", $"""<Relationships xmlns="{Pack}/relationships"><Relationship Id="rId1" Type="{Rel}/comments" Target="comments.xml"/><Relationship Id="rId2" Type="{Rel}/image" Target="media/image1.jpg"/><Relationship Id="rId3" Type="{Rel}/settings" Target="settings.xml"/><Relationship Id="rId4" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/><Relationship Id="rId5" Type="{Rel}/customXml" Target="../customXml/item1.xml"/><Relationship Id="rId6" Type="{Rel}/hyperlink" TargetMode="External" Target="file:///C:/Users/{Planted}/x.docx"/><Relationship Id="rId7" Type="{Rel}/hyperlink" TargetMode="External" Target="https://www.example.org/rule"/></Relationships>"""),
        Part("word/comments.xml", $"""<w:comments {W}><w:comment w:id="0" w:author="{Planted}-remarker" w:initials="{Planted}" w:date="2026-03-09T08:07:06Z"><w:p><w:r><w:t>seen twice</w:t></w:r></w:p></w:comment></w:comments>"""),
        Part("word/settings.xml", $"""<w:settings {W}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="{Planted}" w:val="{Planted}"/></w:docVars></w:settings>"""),
        Part("word/_rels/settings.xml.rels", $"""<Relationships xmlns="{Pack}/relationships"><Relationship Id="rId1" Type="{Rel}/attachedTemplate" TargetMode="External" Target="file:///C:/Users/{Planted}/Normal.dotm"/></Relationships>"""),
        Part("word/people.xml", $"""<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{Planted}-person"><w15:presenceInfo w15:providerId="AD" w15:userId="{Planted}-id"/></w15:person></w15:people>"""),
        ("word/media/image1.jpg", photo),
    ]);

    public static byte[] Xlsx(byte[] photo, int n) => Zip(
    [
        Types("xl/workbook.xml", "spreadsheetml.sheet"),
        .. Rooted("xl/workbook.xml"),
        Part("xl/workbook.xml", $"""<workbook {S} xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"><fileVersion appName="xl" lastEdited="7" rupBuild="22730"/><fileSharing userName="{Planted}-sharer"/><x15ac:absPath url="C:\Users\{Planted}\Documents\"/><sheets><sheet name="Sheet{n}" sheetId="1" r:id="rId1"/></sheets><externalReferences><externalReference r:id="rId3"/></externalReferences></workbook>"""),
        Part("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Pack}/relationships"><Relationship Id="rId1" Type="{Rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2017/10/relationships/person" Target="persons/person.xml"/><Relationship Id="rId3" Type="{Rel}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>"""),
        Part("xl/worksheets/sheet1.xml", $"""<worksheet {S}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{Words} {n}</t></is></c></row></sheetData><pageSetup orientation="portrait" r:id="rId2"/></worksheet>"""),
        Part("xl/worksheets/_rels/sheet1.xml.rels", $"""<Relationships xmlns="{Pack}/relationships"><Relationship Id="rId1" Type="{Rel}/comments" Target="../comments1.xml"/><Relationship Id="rId2" Type="{Rel}/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>"""),
        Part("xl/comments1.xml", $"""<comments {S}><authors><author>{Planted}-remarker</author></authors><commentList><comment ref="A1" authorId="0"><text><t>seen twice</t></text></comment></commentList></comments>"""),
        Part("xl/persons/person.xml", $"""<personList><person displayName="{Planted}-person" userId="{Planted}"/></personList>"""),
        Part("xl/externalLinks/externalLink1.xml", $"<externalLink>{Planted}</externalLink>"),
        Part("xl/revisions/revisionHeaders.xml", $"<headers>{Planted}-reviser</headers>"),
        ("xl/printerSettings/printerSettings1.bin", Encoding.Unicode.GetBytes($"{Planted}-printer")),
        ("xl/media/image1.jpg", photo),
    ]);

    /// <summary>A letter that was saved twice: what stood there first lies before what stands there now.</summary>
    public static byte[] Pdf(byte[] photo, int n)
    {
        var text = $"BT /F1 18 Tf 72 700 Td ({Words} {n}) Tj ET q 200 0 0 150 72 500 cm /Im1 Do Q";
        using var pdf = new PdfLines();
        pdf.Object(1, "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /PieceInfo << /X << /LastModified (D:20260309080706) /Private (" + Planted + "-piece) >> >> /OpenAction << /S /JavaScript /JS (" + Planted + ") >> >>");
        pdf.Object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        pdf.Object(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> /Annots [8 0 R] /Thumb 10 0 R /LastModified (D:20260309080706) >>");
        pdf.Stream(4, "", Encoding.ASCII.GetBytes("BT (" + Planted + "-former-wording) Tj ET"));
        pdf.Object(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        pdf.Stream(6, "/Type /XObject /Subtype /Image /Width 400 /Height 300 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", photo);
        pdf.Stream(7, "/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" dc:creator=\"{Planted}-creator\"/></rdf:RDF></x:xmpmeta>"));
        pdf.Object(8, "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (seen twice) /T (" + Planted + "-remarker) /M (D:20260309080706) /NM (" + Planted + "-id) >>");
        pdf.Object(9, "<< /Author (" + Planted + "-author) /Creator (" + Planted + "-creator) /Producer (" + Planted + "-producer) /CreationDate (D:20260309080706) /ModDate (D:20260309080706) /Title (" + Planted + "-title) >>");
        pdf.Stream(10, "/Width 1 /Height 1 /ColorSpace /DeviceRGB /BitsPerComponent 8", Encoding.ASCII.GetBytes(Planted));
        pdf.Finish("/Info 9 0 R");
        pdf.Stream(4, "", Encoding.ASCII.GetBytes(text));
        pdf.Finish("/Info 9 0 R");
        return pdf.Bytes;
    }

    /// <summary>A PDF of so many empty pages.</summary>
    public static byte[] Pages(int count)
    {
        using var pdf = new PdfLines();
        pdf.Object(1, "<< /Type /Catalog /Pages 2 0 R >>");
        pdf.Object(2, $"<< /Type /Pages /Count {count} /Kids [{string.Join(' ', Enumerable.Range(3, count).Select(n => $"{n} 0 R"))}] >>");
        for (var n = 3; n < count + 3; n++)
            pdf.Object(n, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>");
        pdf.Finish("");
        return pdf.Bytes;
    }

    private static IEnumerable<(string, byte[])> Rooted(string main) =>
        Properties.Select(p => (p.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(p.Bytes).Replace("MAIN", main, StringComparison.Ordinal))));

    private static (string, byte[]) Types(string main, string kind) => Part("[Content_Types].xml",
        $"""<Types xmlns="{Pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>""");

    private static (string, byte[]) Part(string name, string xml) => (name, Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + xml));

    /// <summary>Objects of a PDF one after the other, and the tables that say where each was written last.</summary>
    private sealed class PdfLines : IDisposable
    {
        private readonly MemoryStream output = new();
        private readonly SortedDictionary<int, long> written = [];
        private long before = -1;
        private int highest;

        public PdfLines() => Text("%PDF-1.7\n");

        public byte[] Bytes => output.ToArray();

        public void Object(int number, string content)
        {
            Begin(number);
            Text($"{content}\nendobj\n");
        }

        public void Stream(int number, string dictionary, byte[] content)
        {
            Begin(number);
            Text($"<< {dictionary} /Length {content.Length} >>\nstream\n");
            output.Write(content);
            Text("\nendstream\nendobj\n");
        }

        public void Finish(string trailer)
        {
            var start = output.Length;
            Text("xref\n0 1\n0000000000 65535 f \n");
            foreach (var (number, place) in written)
                Text(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{place:0000000000} 00000 n \n"));
            Text($"trailer\n<< /Size {highest + 1} /Root 1 0 R {trailer} {(before < 0 ? "" : $"/Prev {before}")} >>\nstartxref\n{start}\n%%EOF\n");
            before = start;
            written.Clear();
        }

        public void Dispose() => output.Dispose();

        private void Begin(int number)
        {
            written[number] = output.Length;
            highest = Math.Max(highest, number);
            Text($"{number} 0 obj\n");
        }

        private void Text(string text) => output.Write(Encoding.Latin1.GetBytes(text));
    }
}
