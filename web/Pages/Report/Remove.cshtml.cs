using MediatR;
using Report12350.Evidence;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>Takes one file out of the draft again (删除材料).</summary>
public sealed class RemoveModel(IMediator mediator, JurisdictionProfile profile) : DraftFilePage(mediator, profile)
{
    protected override ICommand<Unit> Act => new RemoveEvidence(Pass!, Id);
}
