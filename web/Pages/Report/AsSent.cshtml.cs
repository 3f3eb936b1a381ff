using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>Whether a file of the draft is shown as it was sent (保留原样).</summary>
public sealed class AsSentModel(IMediator mediator, JurisdictionProfile profile) : DraftFilePage(mediator, profile)
{
    [BindProperty]
    public bool Shown { get; set; }

    protected override ICommand<Unit> Act => new ShowDraftFileAsSent(Pass!, Id, Shown);
}
