using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Tokens;

namespace Report12350.Evidence.Cleaning;

/// <summary>Writes the objects of a PDF (PDF 写出), and in the end where each of them lies.</summary>
internal sealed class PdfWriter
{
    private readonly MemoryStream output = new();
    private readonly SortedDictionary<int, long> places = [];
    private int last;

    public PdfWriter() => Text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");

    public int NextNumber() => ++last;

    public void Write(int number, IToken token)
    {
        places[number] = output.Length;
        Text(Invariant($"{number} 0 obj\n"));
        Token(token);
        Text("\nendobj\n");
    }

    public ReadOnlyMemory<byte> Finish(int root)
    {
        var start = output.Length;
        Text(Invariant($"xref\n0 {last + 1}\n0000000000 65535 f \n"));
        for (var number = 1; number <= last; number++)
            Text(Invariant($"{places[number]:0000000000} 00000 n \n"));
        Text(Invariant($"trailer\n<< /Size {last + 1} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n"));
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    private void Token(IToken token)
    {
        switch (token)
        {
            case StreamToken stream:
                Dictionary(stream.StreamDictionary, Invariant($"/Length {stream.Data.Length} "));
                Text("\nstream\n");
                output.Write(stream.Data.Span);
                Text("\nendstream");
                break;
            case DictionaryToken dictionary:
                Dictionary(dictionary, "");
                break;
            case ArrayToken array:
                Text("[");
                foreach (var item in array.Data)
                {
                    Token(item);
                    Text(" ");
                }

                Text("]");
                break;
            case IndirectReferenceToken reference:
                Text(Invariant($"{reference.Data.ObjectNumber} 0 R"));
                break;
            case NameToken name:
                Name(name.Data);
                break;
            case StringToken text:
                Text($"<{Convert.ToHexString(text.GetBytes())}>");
                break;
            case HexToken hex:
                Text($"<{Convert.ToHexString(hex.Bytes.ToArray())}>");
                break;
            case NumericToken number:
                Text(number.Data.ToString("0.##########", CultureInfo.InvariantCulture));
                break;
            case BooleanToken boolean:
                Text(boolean.Data ? "true" : "false");
                break;
            default:
                Text("null");
                break;
        }
    }

    private void Dictionary(DictionaryToken dictionary, string before)
    {
        Text($"<< {before}");
        foreach (var (key, value) in dictionary.Data)
        {
            Name(key);
            Text(" ");
            Token(value);
            Text(" ");
        }

        Text(">>");
    }

    private void Name(string name)
    {
        Text("/");
        foreach (var letter in Encoding.Latin1.GetBytes(name))
            Text(letter is > 0x21 and < 0x7F && !"#()<>[]{}/%".Contains((char)letter, StringComparison.Ordinal) ? ((char)letter).ToString() : Invariant($"#{letter:X2}"));
    }

    private void Text(string text) => output.Write(Encoding.Latin1.GetBytes(text));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
