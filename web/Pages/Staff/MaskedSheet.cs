using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Report12350.Profiles;
using Report12350.Redaction;

namespace Report12350.Web.Pages.Staff;

/// <summary>对外提供的遮盖件: one page of its own, to be opened or printed anywhere, that says on every sheet whom it was given to.</summary>
public static class MaskedSheet
{
    private const string Style = """
        body { font: 12pt/1.8 "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em 4em; color: #000; background: #fff; }
        h1 { font-size: 18pt; } h2 { font-size: 13pt; margin: 1.5em 0 .3em; } p { margin: 0 0 .6em; white-space: pre-line; overflow-wrap: anywhere; }
        img { max-width: 100%; border: 1px solid #999; } dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; border: solid #999; border-width: 1px 0; padding: .6em 0; } dd { margin: 0; }
        .mark { position: fixed; inset: 0; display: grid; place-items: center; text-align: center; font-size: 24pt; color: #000; opacity: .1; transform: rotate(-30deg); pointer-events: none; }
        .foot { position: fixed; bottom: 0; left: 0; right: 0; text-align: center; font-size: 9pt; background: #fff; padding: .3em; border-top: 1px solid #999; }
        @media print { h2 { break-after: avoid; } img { break-inside: avoid; } @page { margin: 18mm 16mm 22mm; } }
        """;

    public static string Of(SharedCopy shared, JurisdictionProfile profile, Texts texts)
    {
        var at = shared.At.ToOffset(profile.UtcOffset);
        var giver = $"{profile.DepartmentName(shared.Department, texts)} {texts.Word(shared.Role)}";
        var mark = Html(texts["masks.sheet.mark", shared.Recipient, giver, at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{texts.Language}"><head><meta charset="utf-8"><title>{Html(texts["masks.sheet.title"])}</title>
            <style>{Style}</style></head><body>
            <div class="mark" aria-hidden="true">{mark}</div>
            <h1>{Html(texts["masks.sheet.title"])}</h1>
            <dl>
            <dt>{Html(texts["masks.sheet.number"])}</dt><dd>{Web.Texts.Fives(shared.Number)}</dd>
            <dt>{Html(texts["masks.sheet.for"])}</dt><dd>{Html(shared.Recipient)}</dd>
            <dt>{Html(texts["masks.sheet.by"])}</dt><dd>{Html(giver)}</dd>
            <dt>{Html(texts["masks.sheet.on"])}</dt><dd>{at:yyyy-MM-dd HH:mm}</dd>
            <dt>{Html(texts["masks.sheet.record"])}</dt><dd>{shared.Record:N}</dd>
            </dl>
            <p>{Html(texts["masks.sheet.note"])}</p>

            """);
        foreach (var part in shared.Copy.Parts)
            page.Append($"<h2>{Html(texts[part.Label])}{(part.On is { } day ? $" · {Html(texts.Day(day))}" : "")}</h2>\n<p>{string.Concat(part.Pieces.Select(piece => Piece(piece, texts)))}</p>\n");
        for (var no = 1; no <= shared.Pictures.Count; no++)
            page.Append($"<h2>{Html(texts["masks.picture", no])}</h2>\n<p><img alt=\"{Html(texts["masks.picture", no])}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(shared.Pictures[no - 1])}\"></p>\n");
        return page.Append($"<div class=\"foot\">{mark}</div>\n</body></html>\n").ToString();
    }

    private static string Piece(string? piece, Texts texts) =>
        piece is null ? $"<span role=\"img\" aria-label=\"{Html(texts["masks.bar"])}\">█████</span>" : Html(piece);

    private static string Html(string text) => HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All).Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal);
}
