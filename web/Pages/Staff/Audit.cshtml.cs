using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Audit;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff;

/// <summary>审计记录, by report and by person.</summary>
public sealed class AuditModel(IMediator mediator, Texts texts, JurisdictionProfile profile) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNo { get; set; } = 1;

    public AuditPage Found { get; private set; } = new([], 1, 1, 0);

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Number) || !string.IsNullOrWhiteSpace(Person);

    public PeopleWords Say => new(texts, profile);

    public async Task OnGetAsync() => Found = await mediator.Send(new ReadAudit(Number, Person, PageNo), HttpContext.RequestAborted);

    /// <summary>The use case in words, or its own name when it has none yet.</summary>
    public string Act(string name) => texts.Has($"staff.audit.act.{name}") ? texts[$"staff.audit.act.{name}"] : name;

    public string PageAt(int page) =>
        $"/staff/audit?Number={Uri.EscapeDataString(Number ?? "")}&Person={Uri.EscapeDataString(Person ?? "")}&p={page}";
}
