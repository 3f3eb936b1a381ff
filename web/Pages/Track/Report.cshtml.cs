using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Confidentiality;
using Report12350.Domain;
using Report12350.Domain.Rewards;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Tracking;
using Report12350.Web.Shell;

namespace Report12350.Web.Pages.Track;

/// <summary>一件举报的进度: where it stands, what comes next, what was said both ways.</summary>
public sealed class ReportModel(IMediator mediator, ReportOpener opener, Texts texts, JurisdictionProfile profile)
    : ReporterPage(mediator, opener, texts, profile)
{
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Typed before signing in again, and not sent yet.</summary>
    public bool WasKept { get; private set; }

    protected override string KeptAs => "report";

    /// <summary>The reporter's own words, for the reporter alone.</summary>
    public IEnumerable<(string Key, string Answer)> Said => new[]
    {
        ("tracking.said.narrative", Report.Said.Narrative),
        ("tracking.said.unit", Report.Said.Unit),
        ("tracking.said.place", Report.Said.Place),
        ("tracking.said.when", Report.Said.When),
    }.Where(said => !string.IsNullOrWhiteSpace(said.Item2)).Select(said => (said.Item1, said.Item2!));

    /// <summary>Null when no reward was asked for.</summary>
    public RewardProgress? Reward { get; private set; }

    public Task OnGetAsync() => ReadRewardAsync();

    /// <summary>登记证明, as a file.</summary>
    public async Task<IActionResult> OnGetProofAsync() => ProofFile.Of(await Mediator.Send(new ReadFilingProof(Opened), Gone));

    public async Task<IActionResult> OnPostMessageAsync()
    {
        try
        {
            await Mediator.Send(new WriteToOfficers(Opened, Text), Gone);
            return Done("tracking.thread.sent");
        }
        catch (ValidationException refusal)
        {
            ModelState.Refuse(refusal);
            await ReadRewardAsync();
            return Page();
        }
    }

    /// <summary>Whether officers may have a file as it was sent (保留原样).</summary>
    public async Task<IActionResult> OnPostAsSentAsync(Guid id, bool shown)
    {
        await Mediator.Send(new ShowFileAsSent(Opened, id, shown), Gone);
        return Done(shown ? "tracking.files.shown" : "tracking.files.notShown");
    }

    /// <summary>Takes a file away that could not be cleaned (取回材料).</summary>
    public async Task<IActionResult> OnPostTakeBackAsync(Guid id)
    {
        try
        {
            await Mediator.Send(new TakeFileBack(Opened, id), Gone);
            return Done("tracking.files.takenBack");
        }
        catch (RuleBrokenException refusal)
        {
            ModelState.Refuse(refusal, Words);
            await ReadRewardAsync();
            return Page();
        }
    }

    public async Task<IActionResult> OnPostKeptAsync(string? unsent)
    {
        Text = Kept(unsent);
        WasKept = Text is not null;
        await ReadRewardAsync();
        return Page();
    }

    private async Task ReadRewardAsync() =>
        Reward = await Mediator.Send(new ReadRewardProgress(Opened), Gone) is { State: not RewardState.NotWanted } asked ? asked : null;
}
