using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Duplicates;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>办件页: what was said and shown, what can be done now, and all that happened. Files are sealed as they come in.</summary>
public sealed partial class CaseModel(IMediator mediator, ReportOpener opener, CurrentStaff staff, JurisdictionProfile profile, Texts texts) : PageModel
{
    [BindProperty(Name = nameof(Form))]
    public CaseForms Form { get; set; } = new();

    [BindProperty]
    public int Version { get; set; }

    public CaseView Case { get; private set; } = null!;

    /// <summary>Null for whoever does not look for them.</summary>
    public FoundDuplicates? Duplicates { get; private set; }

    /// <summary>The act whose form came back with something to put right.</summary>
    public ReportAction? Tried { get; private set; }

    /// <summary>Somebody changed the report while this person was typing: their last entry.</summary>
    public CaseEvent? ChangedMeanwhile { get; private set; }

    public JurisdictionProfile Profile => profile;

    /// <summary>Where its pictures are masked, for whoever may.</summary>
    public string? Masks => Case.MayMask ? $"/staff/reports/{Case.Report.Number}/masks" : null;

    public bool MayErase => staff.Is(Role.Dispatcher);

    public Task OnGetAsync(string number, CancellationToken cancellationToken) => LoadAsync(number, cancellationToken);

    public IActionResult OnPost() => BadRequest();

    private Task<IActionResult> ActAsync(string number, ReportAction action, Func<ReportId, IRequest<Unit>> command, CancellationToken cancellationToken) =>
        TryAsync(number, action, id => Task.FromResult(command(id)), cancellationToken);

    private Task<IActionResult> ActAsync(string number, ReportAction action, Func<OpenedReport, IRequest<Unit>> command, CancellationToken cancellationToken) =>
        TryAsync(number, action, async id => command(await opener.ForActAsync(id, cancellationToken)), cancellationToken);

    private async Task<IActionResult> TryAsync(
        string number, ReportAction action, Func<ReportId, Task<IRequest<Unit>>> command, CancellationToken cancellationToken)
    {
        Tried = action;
        var id = await mediator.Send(new FindCase(number), cancellationToken) ?? throw new NotFoundException();
        if (!ModelState.IsValid)
            return await AgainAsync(number, cancellationToken);
        try
        {
            await mediator.Send(await command(id), cancellationToken);
            return await DoneAsync(number, action, cancellationToken);
        }
        catch (ValidationException refusal)
        {
            foreach (var error in refusal.Errors)
                ModelState.AddModelError($"{nameof(Form)}.{action}.{error.PropertyName}", error.ErrorMessage);
            return await AgainAsync(number, cancellationToken);
        }
        catch (RuleBrokenException refusal)
        {
            var again = await AgainAsync(number, cancellationToken);
            ModelState.Refuse(refusal, texts, Case.May(action) ? $"{nameof(Form)}.{action}" : "");
            return again;
        }
        catch (StaleException)
        {
            var again = await AgainAsync(number, cancellationToken);
            ChangedMeanwhile = Case.Timeline[0];
            return again;
        }
    }

    private async Task<IActionResult> DoneAsync(string number, ReportAction action, CancellationToken cancellationToken)
    {
        TempData["Notice"] = texts["casework.done", texts.Word(action)];
        return await mediator.Send(new FindCase(number, Noted: false), cancellationToken) is null
            ? RedirectToPage("/Staff/Index")
            : RedirectToPage("/Staff/Reports/Case", new { number });
    }

    private async Task<IActionResult> AgainAsync(string number, CancellationToken cancellationToken)
    {
        await LoadAsync(number, cancellationToken);
        return Page();
    }

    private async Task LoadAsync(string number, CancellationToken cancellationToken)
    {
        Case = await mediator.Send(new ReadCase(number), cancellationToken);
        Duplicates = staff.Is(Role.Dispatcher) ? await mediator.Send(new FindDuplicates(Case.Report.Id), cancellationToken) : null;
        Version = Case.Version;
        Prefill();
    }

    private static IReadOnlyList<SentFile> Sent(IEnumerable<Microsoft.AspNetCore.Http.IFormFile> files) =>
        [.. files.Select(file => new SentFile(file.FileName, file.OpenReadStream()))];
}
