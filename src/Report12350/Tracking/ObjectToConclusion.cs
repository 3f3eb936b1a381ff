using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Tracking;

/// <summary>异议: the body above re-examines, and is entitled to the report from then on.</summary>
public sealed record ObjectToConclusion(OpenedReport Opened, string? Text) : ICommand<Unit>, IActOfReporter
{
    public override string ToString() => nameof(ObjectToConclusion);
}

public sealed class ObjectToConclusionValidator : AbstractValidator<ObjectToConclusion>
{
    public ObjectToConclusionValidator()
    {
        RuleFor(c => c.Text).Must(text => WriteToOfficers.Plain(text).Length > 0).WithMessage("tracking.error.objectionEmpty")
            .Must(text => WriteToOfficers.Plain(text).Length <= WriteToOfficers.LongestText).WithMessage("tracking.error.messageLong");
    }
}

internal sealed class ObjectToConclusionHandler(ReportsDbContext db, GroupKeys groups, JurisdictionProfile profile, TimeProvider time)
    : IRequestHandler<ObjectToConclusion, Unit>
{
    public async Task<Unit> Handle(ObjectToConclusion request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request.Opened.Id, cancellationToken);
        var deadlines = profile.DeadlinesOn(report.FiledOn);
        var day = deadlines.DayOf(time.GetUtcNow());
        report.Object(request.Opened.SealText(WriteToOfficers.Plain(request.Text), day), day, deadlines);
        await groups.EntitleAsync(
            report.Id, request.Opened.Key, KeyPurpose.Content, [Groups.OfDepartment(profile.ReexaminationBody)], cancellationToken);
        return Unit.Value;
    }
}
