using System.Globalization;
using System.Xml;
using Report12350.Bot.Protocol;

namespace Report12350.Web.WeChat;

/// <summary>What WeChat sends (微信消息): one level of named texts in XML.</summary>
public sealed class WeChatMessage
{
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    private WeChatMessage()
    {
    }

    public string From => this["FromUserName"];

    public string To => this["ToUserName"];

    public string Kind => this["MsgType"];

    public string Event => this["Event"];

    /// <summary>In safe mode the whole message is in here, sealed.</summary>
    public string Sealed => this["Encrypt"];

    /// <summary>What WeChat calls it, should it send it again: it does so twice when it has no answer after five seconds.</summary>
    public string Once => this["MsgId"] is { Length: > 0 } id ? id : $"{From}{this["CreateTime"]}{Event}";

    /// <summary>Of a photo, a film or a voice, for asking after it; null when it has none.</summary>
    public string? Media => Kind is "image" or "voice" or "video" or "shortvideo" && this["MediaId"] is { Length: > 0 } id ? id : null;

    private string this[string name] => fields.GetValueOrDefault(name, "");

    /// <exception cref="XmlException">It is none, or has a document type.</exception>
    public static WeChatMessage Parse(string xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
        using var reader = XmlReader.Create(new StringReader(xml), settings);
        reader.MoveToContent();
        reader.ReadStartElement("xml");
        var message = new WeChatMessage();
        while (reader.NodeType is XmlNodeType.Element)
        {
            var name = reader.LocalName;
            // What has parts of its own (a scanned code, sent pictures) is nothing to us.
            using (var inside = reader.ReadSubtree())
            {
                inside.Read();
                message.fields[name] = TextOf(inside);
            }

            reader.Read();
        }

        return message.From.Length > 0 || message.Sealed.Length > 0 ? message : throw new XmlException("No message.");
    }

    /// <summary>As it goes into the conversation. A place is said in words; a voice that WeChat understood is said too.</summary>
    public Activity ToTurn() => new()
    {
        Text = Kind switch
        {
            "text" => this["Content"],
            "voice" => this["Recognition"],
            "location" => Place,
            "event" => string.Equals(Event, "CLICK", StringComparison.OrdinalIgnoreCase) ? this["EventKey"] : "",
            _ => "",
        },
        Attachments = Media is null ? null : [new Attachment(null, NameOfFile)],
    };

    /// <summary>The platform gives files no names.</summary>
    public string NameOfFile => string.Create(CultureInfo.InvariantCulture, $"{this["MsgId"]}.{Kind switch { "image" => "jpg", "voice" => this["Format"] is { Length: > 0 and <= 4 } format ? format : "amr", _ => "mp4" }}");

    /// <summary>Chinese map coordinates (GCJ-02), as WeChat gives them.</summary>
    private string Place => $"{this["Label"]} ({this["Location_X"]}, {this["Location_Y"]} GCJ-02)".Trim();

    private static string TextOf(XmlReader element)
    {
        var text = new System.Text.StringBuilder();
        while (element.Read())
        {
            if (element.Depth == 1 && element.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                text.Append(element.Value);
        }

        return text.ToString();
    }
}
