using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Tracking;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>并排比对: two reports on one page, each opened and audited as a reading; then linked, or the later merged into the earlier.</summary>
public sealed class BesideModel(IMediator mediator, JurisdictionProfile profile) : PageModel
{
    public CaseView This { get; private set; } = null!;

    public CaseView Other { get; private set; } = null!;

    /// <summary>Filed first: what is paid goes to the first accepted, and the later one joins it.</summary>
    public CaseView Earlier => IsEarlier ? This : Other;

    public CaseView Later => IsEarlier ? Other : This;

    public string Number => This.Report.Number;

    public JurisdictionProfile Profile => profile;

    public bool CanMerge => Later.May(ReportAction.Merge) && This.Report.MatterId != Other.Report.MatterId
        && Earlier.Report.State is not (ReportState.Merged or ReportState.Declined or ReportState.Transferred);

    public bool CanLink => This.May(ReportAction.Link)
        && !This.Timeline.Any(e => e.Act == nameof(ReportAction.Link) && e.Text == Other.Report.Number);

    private bool IsEarlier => string.CompareOrdinal(This.Report.Number, Other.Report.Number) < 0;

    public async Task OnGetAsync(string number, string other, CancellationToken cancellationToken)
    {
        if (number == other)
            throw new NotFoundException();
        This = await mediator.Send(new ReadCase(number), cancellationToken);
        Other = await mediator.Send(new ReadCase(other), cancellationToken);
    }
}
