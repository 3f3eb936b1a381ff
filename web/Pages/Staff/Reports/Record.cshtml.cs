using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Profiles;
using Report12350.Tracking;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>核查笔录, laid out to be printed and signed.</summary>
public sealed class RecordModel(IMediator mediator, JurisdictionProfile profile) : PageModel
{
    public CaseView Case { get; private set; } = null!;

    public JurisdictionProfile Profile => profile;

    public async Task OnGetAsync(string number, CancellationToken cancellationToken) =>
        Case = await mediator.Send(new ReadCase(number), cancellationToken);
}
