using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Intake;

/// <summary>Begins a report: on the web by anyone, or by an operator for a caller, letter or visitor.</summary>
public sealed record StartDraft(Channel Channel = Channel.Web) : ICommand<DraftPass>;

internal sealed class StartDraftHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<StartDraft, DraftPass>
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public Task<DraftPass> Handle(StartDraft request, CancellationToken cancellationToken)
    {
        if (request.Channel is Channel.Phone or Channel.Letter or Channel.Visit && !current.Is(Domain.Access.Role.Operator))
            throw new NotPermittedException();
        var pass = DraftPass.New();
        var content = new DraftContent { Channel = request.Channel, ContentKey = ContentKey.Generate().Bytes.ToArray(), ClaimId = Guid.NewGuid() };
        db.Drafts.Add(new Draft
        {
            Id = pass.Id,
            SealedAnswers = pass.Seal(content),
            ExpiresAt = time.GetUtcNow() + Life,
            StaffId = request.Channel is Channel.Web or Channel.Chat ? null : current.Person?.Id,
        });
        return Task.FromResult(pass);
    }
}
