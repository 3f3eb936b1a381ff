using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Profiles;
using Report12350.Staff;
using Report12350.Web.Security;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>A person who waits to be admitted to a key group (待准入).</summary>
/// <param name="Mine">The person looking is a member and can admit.</param>
public sealed record WaitingLine(StaffLine Line, string Group, bool Mine, bool HasMembers);

/// <summary>人员: the staff, open invitations, and who waits to be admitted.</summary>
public sealed class PeopleModel(IMediator mediator, CurrentStaff current, OpenIdSettings accounts, Texts texts, JurisdictionProfile profile) : PageModel
{
    public IReadOnlyList<StaffLine> Lines { get; private set; } = [];

    public IReadOnlyList<WaitingLine> Waiting { get; private set; } = [];

    public IReadOnlyList<FormerKey> FormerKeys { get; private set; } = [];

    public IReadOnlyList<InvitationLine> Invitations { get; private set; } = [];

    public bool HasAccounts => accounts.IsOn;

    public bool IsAdministrator => current.Is(Role.Administrator);

    public PeopleWords Say => new(texts, profile);

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAdmitAsync(Guid staff, string group)
    {
        try
        {
            await mediator.Send(new AdmitMember(staff, group, RecoveryKey: null), HttpContext.RequestAborted);
            TempData["Notice"] = "staff.admitted";
            return LocalRedirect("/staff/people");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
            await ReadAsync();
            return Page();
        }
    }

    public async Task<IActionResult> OnPostSealAnewAsync(string group)
    {
        var left = await mediator.Send(new SealAnew(group), HttpContext.RequestAborted);
        TempData["Notice"] = left == 0 ? "keys.sealAnew.done" : "keys.sealAnew.more";
        return LocalRedirect("/staff/people");
    }

    public async Task<IActionResult> OnPostEndSignInsAsync(Guid staff)
    {
        await mediator.Send(new EndSignInsOf(staff), HttpContext.RequestAborted);
        TempData["Notice"] = "sessions.endOf.done";
        return LocalRedirect("/staff/people");
    }

    private async Task ReadAsync()
    {
        Lines = await mediator.Send(new ListStaff(), HttpContext.RequestAborted);
        FormerKeys = await mediator.Send(new ListFormerKeys(), HttpContext.RequestAborted);
        var mine = Lines.First(line => line.Id == current.Required().Id).Groups;
        var peopled = Lines.Where(line => line.Active).SelectMany(line => line.Groups).ToHashSet(StringComparer.Ordinal);
        Waiting = [.. Lines.Where(line => line.Active)
            .SelectMany(line => line.Waiting.Select(group => new WaitingLine(line, group, mine.Contains(group), peopled.Contains(group))))
            .Where(one => one.Mine || IsAdministrator)];
        if (IsAdministrator)
            Invitations = await mediator.Send(new ListInvitations(), HttpContext.RequestAborted);
    }
}
