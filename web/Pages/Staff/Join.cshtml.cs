using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Staff;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Staff;

/// <summary>凭邀请码加入. Between the steps everything travels sealed in the form; the server keeps nothing.</summary>
public sealed class JoinModel(IMediator mediator, CookieSeal seal, Texts texts, TimeProvider time) : PageModel
{
    private const string Purpose = "join";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Again { get; set; }

    [BindProperty]
    public string? TotpCode { get; set; }

    [BindProperty]
    public string? Kept { get; set; }

    /// <summary>Shown once, to who has just joined.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public JoiningNote? Note { get; private set; }

    public string SecretInFours => string.Join(' ', Note!.TotpSecret.Chunk(4).Select(four => new string(four)));

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostBeginAsync()
    {
        if (await mediator.Send(new PrepareJoining(Code), HttpContext.RequestAborted) is { } joining)
        {
            Note = new JoiningNote(Code!, joining.SignInName, joining.DisplayName, joining.TotpSecret, joining.TotpUri, time.GetUtcNow() + Life);
            Kept = seal.Seal(Note, Purpose);
            ModelState.Clear();
        }
        else
        {
            ModelState.AddModelError(nameof(Code), string.IsNullOrWhiteSpace(Code) ? "staff.error.invitation" : "rule.InvitationUnknown");
        }

        return Page();
    }

    public async Task<IActionResult> OnPostJoinAsync()
    {
        if (!seal.TryOpen<JoiningNote>(Kept, Purpose, out var note) || note.ExpiresAt <= time.GetUtcNow())
        {
            ModelState.AddModelError(nameof(Code), "staff.join.ranOut");
            return Page();
        }

        Note = note;
        if (Password != Again)
        {
            ModelState.AddModelError(nameof(Again), "staff.error.passwordsDiffer");
            return Page();
        }

        try
        {
            RecoveryCodes = (await mediator.Send(new JoinStaff(note.Code, Password ?? "", note.TotpSecret, TotpCode ?? ""), HttpContext.RequestAborted)).RecoveryCodes;
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, texts);
        }

        return Page();
    }
}

/// <summary>What the form carries between the two steps of joining (加入凭据).</summary>
public sealed record JoiningNote(string Code, string SignInName, string DisplayName, string TotpSecret, string TotpUri, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(JoiningNote);
}
