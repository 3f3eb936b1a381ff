using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>核对并提交: everything said, once more, the pledge of truth, and the filing itself.</summary>
public sealed class CheckModel(IMediator mediator, JurisdictionProfile profile, Texts texts) : QuestionPage(mediator, profile)
{
    public override string Question => "check";

    public override bool IsKeptOnDevice => false;

    public IEnumerable<AnswerLine> Lines => AnswerLines.Of(Draft, Profile, texts);

    public bool IsPassedOn => Profile.FindTown(Answers.Town) is { IsManaged: false };

    [BindProperty]
    public bool TruthPledged { get; set; }

    public override async Task<IActionResult> OnPostAsync()
    {
        Apply();
        if (!IsInOrder())
            return Page();
        try
        {
            await Mediator.Send(new FileReport(Pass!, TruthPledged), HttpContext.RequestAborted);
        }
        catch (NotFoundException)
        {
            // Sent twice: the other one filed it, or the draft has just run out. The next page tells which.
        }

        return Redirect(FilingRoute.Done);
    }

    protected override void Fill() => TruthPledged = false;

    protected override void Apply() => Answers.TruthPledged = TruthPledged;
}
