using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Profiles;
using Report12350.Redaction;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>遮盖: choose what others may see of a report and mask it, look at it as they will, have it confirmed by another person, hand it out.</summary>
public sealed class MasksModel(IMediator mediator, JurisdictionProfile profile, Texts texts) : PageModel
{
    /// <summary>Texts to be shown.</summary>
    [BindProperty]
    public List<string> ShownTexts { get; set; } = [];

    /// <summary>Masked pieces, as <c>text:start+length</c>.</summary>
    [BindProperty]
    public List<string> Ranges { get; set; } = [];

    /// <summary>Pictures to be shown.</summary>
    [BindProperty]
    public List<Guid> ShownPictures { get; set; } = [];

    /// <summary>One a line, masked wherever they stand.</summary>
    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Recipient { get; set; }

    public MaskView View { get; private set; } = null!;

    /// <summary>As the form shows them: what was kept, or what was typed and refused.</summary>
    public Masks Chosen { get; private set; } = new();

    public MaskedFace Preview => new(View.Parts, [.. View.ShownPictures.Select(p => $"/staff/reports/{View.Number}/masks/{p.Id}?handler=Drawn")]);

    private CancellationToken Gone => HttpContext.RequestAborted;

    public DateOnly DayOf(DateTimeOffset at) => profile.DayOf(at);

    public string Label(string label, DateOnly? on) => on is { } day ? $"{texts[label]} · {texts.Day(day)}" : texts[label];

    public static string NameOf(MaskableText text, MaskablePiece piece) => string.Create(CultureInfo.InvariantCulture, $"{text.Id}:{piece.Start}+{piece.Text.Length}");

    public async Task OnGetAsync(string number)
    {
        View = await mediator.Send(new ReadMasks(number), Gone);
        (Chosen, Version) = (View.Masks, View.Version);
    }

    public Task<IActionResult> OnPostMaskAsync(string number) => DoAsync(number, async () =>
    {
        var missing = Typed().Where(word => View.Texts.All(t => MaskedText.Find(t.Text, word).Count == 0)).ToList();
        if (missing.Count > 0)
        {
            ModelState.AddModelError(nameof(Words), texts["masks.error.missing", texts.Listed(missing)]);
            return Page();
        }

        await mediator.Send(new MaskReport(View.Opened, Version, WithWords()), Gone);
        return Done(number, "masks.saved");
    });

    public Task<IActionResult> OnPostFixMasksAsync(string number) => DoAsync(number, async () =>
    {
        try
        {
            await mediator.Send(new FixMasks(View.Opened, Version, await mediator.Send(new DrawMasks(View.Opened), Gone)), Gone);
        }
        catch (RuleBrokenException refusal) when (refusal.Code == "rule.PictureUndrawable")
        {
            ModelState.Refuse(refusal, texts, nameof(ShownPictures));
            return await AgainAsync(number);
        }

        return Done(number, "masks.fixed");
    });

    public Task<IActionResult> OnPostShareMaskedAsync(string number) => DoAsync(number, async () =>
    {
        var shared = await mediator.Send(new ShareMasked(View.Opened, Version, Recipient), Gone);
        return File(Encoding.UTF8.GetBytes(MaskedSheet.Of(shared, profile, texts)), "text/html; charset=utf-8", $"masked-{number}.html");
    });

    private async Task<IActionResult> DoAsync(string number, Func<Task<IActionResult>> act)
    {
        View = await mediator.Send(new ReadMasks(number), Gone);
        Chosen = Ticked();
        return await ModelState.TryAsync(texts, "masks.stale", act, () => AgainAsync(number));
    }

    private async Task<IActionResult> AgainAsync(string number)
    {
        View = await mediator.Send(new ReadMasks(number), Gone);
        Chosen = ShownTexts.Count + Ranges.Count + ShownPictures.Count > 0 ? Ticked().With(View.Masks) : View.Masks;
        ModelState.Remove(nameof(Version));
        Version = View.Version;
        return Page();
    }

    private Masks Ticked() => new()
    {
        Texts = [.. View.Texts.Select(t => new TextMask(t.Id, t.Text.Length, ShownTexts.Contains(t.Id), [.. Ranges.Select(r => RangeIn(t, r)).OfType<MaskedRange>()]))],
        Pictures = [.. View.Pictures.Select(p => View.Masks.Of(p.Id) with { Shown = ShownPictures.Contains(p.Id) })],
    };

    private Masks WithWords()
    {
        var found = View.Texts.Select(t => new TextMask(t.Id, t.Text.Length, Shown: false, [.. Typed().SelectMany(word => MaskedText.Find(t.Text, word))]));
        return Chosen.With(new Masks { Texts = [.. found] });
    }

    private IEnumerable<string> Typed() => (Words ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal);

    private static MaskedRange? RangeIn(MaskableText text, string range)
    {
        if (range.Split(':') is not [var id, var place] || id != text.Id || place.Split('+') is not [var start, var length])
            return null;
        return int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var many)
            ? new MaskedRange(from, many)
            : null;
    }

    private RedirectToPageResult Done(string number, string notice)
    {
        TempData["Notice"] = notice;
        return RedirectToPage("/Staff/Reports/Masks", new { number });
    }
}
