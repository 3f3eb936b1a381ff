using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Audit;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Staff;

/// <summary>审计记录, by report and by person, and the state of its chain.</summary>
public sealed class AuditModel(IMediator mediator, Texts texts, JurisdictionProfile profile) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNo { get; set; } = 1;

    public AuditPage Found { get; private set; } = new([], 1, 1, 0);

    public AuditChainState Chain { get; private set; } = null!;

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Number) || !string.IsNullOrWhiteSpace(Person);

    public PeopleWords Say => new(texts, profile);

    public async Task OnGetAsync()
    {
        Found = await mediator.Send(new ReadAudit(Number, Person, PageNo), HttpContext.RequestAborted);
        Chain = await mediator.Send(new ReadAuditChain(), HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostVerifyAsync()
    {
        await mediator.Send(new VerifyAudit(), HttpContext.RequestAborted);
        return Redirect("/staff/audit");
    }

    /// <summary>The signed text, to be published or kept elsewhere.</summary>
    public async Task<IActionResult> OnGetCheckpointAsync(long sequence)
    {
        var chain = await mediator.Send(new ReadAuditChain(), HttpContext.RequestAborted);
        return chain.Signed.FirstOrDefault(c => c.Sequence == sequence) is { } checkpoint
            ? File(Encoding.UTF8.GetBytes(checkpoint.Statement), "text/plain; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"checkpoint-{sequence}.txt"))
            : NotFound();
    }

    public async Task<IActionResult> OnGetExportAsync()
    {
        var sheet = await mediator.Send(new ExportAudit(), HttpContext.RequestAborted);
        return File(Encoding.UTF8.GetBytes(sheet), "text/csv; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"audit-{texts.Today:yyyyMMdd}.csv"));
    }

    /// <summary>The use case in words, or its own name when it has none yet.</summary>
    public string Act(string name) => texts.Has($"staff.audit.act.{name}") ? texts[$"staff.audit.act.{name}"] : name;

    public string PageAt(int page) =>
        $"/staff/audit?Number={Uri.EscapeDataString(Number ?? "")}&Person={Uri.EscapeDataString(Person ?? "")}&p={page}";
}
