using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Shell;
using Report12350.Worklist;

namespace Report12350.Web.Pages.Staff;

/// <summary>今日待办: what needs this person, most urgent first; the address keeps the filters, so a bookmark is a saved filter.</summary>
public sealed class IndexModel(IMediator mediator, CurrentStaff staff, JurisdictionProfile profile, Texts texts) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Shelf? Shelf { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReportState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Town { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sector { get; set; }

    [BindProperty(SupportsGet = true)]
    public MatterKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public WorklistOrder Order { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    /// <summary>Null for those whose work is not on reports.</summary>
    public WorklistPage? List { get; private set; }

    public IReadOnlyList<FormerKey> FormerKeys { get; private set; } = [];

    public bool Filtered => State is not null || Kind is not null || !string.IsNullOrEmpty(Town + Sector + Number);

    public JurisdictionProfile Profile => profile;

    private ReadWorklist Asked => new() { Shelf = Shelf, State = State, Town = Town, Sector = Sector, Kind = Kind, Number = Number, Order = Order, After = After };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        FormerKeys = await mediator.Send(new ListFormerKeys(), cancellationToken);
        if (Asked.Roles.Any(role => staff.Is(role)))
            List = await mediator.Send(Asked, cancellationToken);
    }

    public async Task<IActionResult> OnGetExportAsync(CancellationToken cancellationToken)
    {
        var export = await mediator.Send(new ExportWorklist(Asked), cancellationToken);
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(WorklistSheet.Of(export, profile, texts))];
        return File(bytes, "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"worklist-{texts.Today:yyyyMMdd}.csv"));
    }

    /// <summary>How many stand on a shelf, in words; nothing where it is not counted.</summary>
    public string CountOf(Shelf shelf) => List!.Counts.TryGetValue(shelf, out var count)
        ? texts["worklist.count", count >= WorklistShelves.Many ? $"{WorklistShelves.Many - 1}+" : count]
        : "";

    /// <summary>The same list from another place.</summary>
    public string Address(Shelf shelf, string? after = null, bool keepFilters = true, WorklistOrder? order = null, string? handler = null) => Url.Page("/Staff/Index", handler, new
    {
        shelf = shelf.ToString().ToLowerInvariant(),
        state = keepFilters ? State : null,
        town = keepFilters ? Town : null,
        sector = keepFilters ? Sector : null,
        kind = keepFilters ? Kind : null,
        number = keepFilters ? Number : null,
        order = (order ?? Order) is WorklistOrder.Received ? "received" : null,
        after,
    })!;

    public IEnumerable<SelectListItem> States() => Choice.Of<ReportState>(texts);

    public IEnumerable<SelectListItem> Kinds() => Choice.Of<MatterKind>(texts);

    public IEnumerable<SelectListItem> Towns() => profile.Towns.Select(t => new SelectListItem(profile.TownName(t.Id, texts), t.Id));

    public IEnumerable<SelectListItem> Sectors()
    {
        var groups = profile.SectorGroups.ToDictionary(g => g.Id, g => new SelectListGroup { Name = texts.IsChinese ? g.Name : g.NameEn });
        return profile.Sectors.OrderBy(s => profile.SectorGroups.ToList().FindIndex(g => g.Id == s.Group))
            .Select(s => new SelectListItem(profile.SectorName(s.Id, texts), s.Id) { Group = groups.GetValueOrDefault(s.Group) });
    }
}
