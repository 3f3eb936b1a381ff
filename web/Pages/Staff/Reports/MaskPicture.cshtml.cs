using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Messaging;
using Report12350.Redaction;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>遮盖图片: squares of a net to tick, rectangles in numbers, and rectangles to draw where there is script.</summary>
public sealed class MaskPictureModel(IMediator mediator, Texts texts) : PageModel
{
    public const int Columns = 10;
    public const int Rows = 8;
    private const int Percent = MaskedRegion.Whole / 100;

    [BindProperty]
    public bool Shown { get; set; }

    /// <summary>Masked rectangles, as <c>x,y,width,height</c> in thousandths.</summary>
    [BindProperty]
    public List<string> Regions { get; set; } = [];

    /// <summary>A rectangle in numbers, in percent.</summary>
    [BindProperty]
    public string? Left { get; set; }

    [BindProperty]
    public string? Top { get; set; }

    [BindProperty]
    public string? Width { get; set; }

    [BindProperty]
    public string? Height { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public MaskView View { get; private set; } = null!;

    public MaskablePicture Picture { get; private set; } = null!;

    public PictureMask Chosen { get; private set; } = null!;

    public static IEnumerable<MaskedRegion> Squares =>
        from row in Enumerable.Range(0, Rows)
        from column in Enumerable.Range(0, Columns)
        select new MaskedRegion(column * MaskedRegion.Whole / Columns, row * MaskedRegion.Whole / Rows, MaskedRegion.Whole / Columns, MaskedRegion.Whole / Rows);

    /// <summary>Those that are no squares of the net.</summary>
    public IEnumerable<MaskedRegion> Drawn => Chosen.Regions.Where(r => !Squares.Contains(r with { Fixed = false }));

    private CancellationToken Gone => HttpContext.RequestAborted;

    public static string NameOf(MaskedRegion region) => string.Create(CultureInfo.InvariantCulture, $"{region.X},{region.Y},{region.Width},{region.Height}");

    public string Said(int no, MaskedRegion region) =>
        texts["masks.region", no, region.X / Percent, region.Y / Percent, region.Width / Percent, region.Height / Percent];

    public async Task OnGetAsync(string number, Guid picture)
    {
        await LoadAsync(number, picture);
        (Chosen, Shown, Version) = (View.Masks.Of(picture), true, View.Version);
    }

    /// <summary>As others will see it.</summary>
    public async Task<IActionResult> OnGetDrawnAsync(string number, Guid picture)
    {
        await LoadAsync(number, picture);
        return File(await mediator.Send(new DrawMaskedPicture(View.Opened, picture), Gone), "image/jpeg");
    }

    /// <summary>The rectangle joins the others on the page; nothing is kept yet.</summary>
    public async Task<IActionResult> OnPostAddAsync(string number, Guid picture)
    {
        await LoadAsync(number, picture);
        Chosen = WithNumbers();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string number, Guid picture)
    {
        await LoadAsync(number, picture);
        Chosen = WithNumbers();
        if (!ModelState.IsValid)
            return Page();
        return await ModelState.TryAsync(texts, "masks.stale", SaveAsync, AgainAsync);

        async Task<IActionResult> SaveAsync()
        {
            await mediator.Send(new MaskReport(View.Opened, Version, View.Masks with { Pictures = [Chosen, .. View.Masks.Pictures.Where(p => p.Picture != picture)] }), Gone);
            TempData["Notice"] = "masks.saved";
            return RedirectToPage("/Staff/Reports/Masks", new { number });
        }

        async Task<IActionResult> AgainAsync()
        {
            await LoadAsync(number, picture);
            Chosen = new Masks { Pictures = [Chosen] }.With(View.Masks).Of(picture);
            ModelState.Remove(nameof(Version));
            Version = View.Version;
            return Page();
        }
    }

    /// <summary>What was ticked or drawn, what is masked for good, and the rectangle in numbers, whose fields are then empty for the next.</summary>
    private PictureMask WithNumbers()
    {
        var ticked = Regions.Select(RegionOf).OfType<MaskedRegion>().Concat(View.Masks.Of(Picture.Id).Regions.Where(r => r.Fixed));
        (string Field, string? Typed)[] numbers = [(nameof(Left), Left), (nameof(Top), Top), (nameof(Width), Width), (nameof(Height), Height)];
        if (numbers.All(n => string.IsNullOrWhiteSpace(n.Typed)))
            return new PictureMask(Picture.Id, Shown, [.. ticked]);
        var parts = numbers.Select(n => PartOf(n.Typed)).ToArray();
        foreach (var at in Enumerable.Range(0, numbers.Length).Where(at => parts[at] is null || (at >= 2 && parts[at] + parts[at - 2] is not (> 0 and <= 100))))
            ModelState.AddModelError(numbers[at].Field, "masks.error.percent");
        if (ModelState.IsValid)
        {
            ticked = ticked.Append(new MaskedRegion(parts[0]!.Value * Percent, parts[1]!.Value * Percent, parts[2]!.Value * Percent, parts[3]!.Value * Percent));
            Array.ForEach(numbers, n => ModelState.Remove(n.Field));
            Left = Top = Width = Height = null;
        }

        return new PictureMask(Picture.Id, Shown, [.. ticked]);
    }

    private static int? PartOf(string? percent) =>
        int.TryParse(percent?.Trim().TrimEnd('%', '％'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100 ? number : null;

    private async Task LoadAsync(string number, Guid picture)
    {
        View = await mediator.Send(new ReadMasks(number), Gone);
        Picture = View.Pictures.FirstOrDefault(p => p.Id == picture) ?? throw new NotFoundException();
    }

    private static MaskedRegion? RegionOf(string region)
    {
        List<int> numbers = [.. region.Split(',').Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];
        return numbers is [var x, var y, var width, var height] ? new MaskedRegion(x, y, width, height) : null;
    }
}
