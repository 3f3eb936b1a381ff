using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Profiles;
using Report12350.Retention;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>人工删除, by two people: one asks, another confirms or refuses.</summary>
public sealed class EraseModel(IMediator mediator, RetentionRun retention, JurisdictionProfile profile, Texts texts) : PageModel
{
    [BindProperty]
    public ErasureReason? Reason { get; set; }

    public ErasureView View { get; private set; } = null!;

    public IReadOnlyList<Choice> Reasons => [.. AskErasure.Reasons.Select(reason => new Choice(reason.ToString(), texts.Word(reason), texts[$"retention.reason.{reason}"]))];

    public DateOnly DayOf(DateTimeOffset at) => profile.DayOf(at);

    private CancellationToken Gone => HttpContext.RequestAborted;

    public Task OnGetAsync(string number) => LoadAsync(number);

    public Task<IActionResult> OnPostAskAsync(string number) => DoAsync(number, report => new AskErasure(report, Reason), "retention.ask.done");

    public Task<IActionResult> OnPostDropAsync(string number) => DoAsync(number, report => new DropErasure(report), "retention.drop.done");

    public async Task<IActionResult> OnPostConfirmAsync(string number)
    {
        var answer = await DoAsync(number, report => new ConfirmErasure(report), "retention.confirm.done");
        await retention.FinishAsync(CancellationToken.None);
        return answer;
    }

    private async Task<IActionResult> DoAsync(string number, Func<ReportId, IRequest<Unit>> act, string notice)
    {
        await LoadAsync(number);
        return await ModelState.TryAsync(texts, "retention.stale", SendAsync, AgainAsync);

        async Task<IActionResult> SendAsync()
        {
            await mediator.Send(act(View.Report), Gone);
            TempData["Notice"] = notice;
            return RedirectToPage("/Staff/Retention");
        }

        async Task<IActionResult> AgainAsync()
        {
            await LoadAsync(number);
            return Page();
        }
    }

    private async Task LoadAsync(string number) => View = await mediator.Send(new ReadErasure(number), Gone);
}
