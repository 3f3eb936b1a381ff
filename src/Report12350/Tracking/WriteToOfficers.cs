using FluentValidation;
using MediatR;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Messaging;
using Report12350.Profiles;

namespace Report12350.Tracking;

/// <summary>举报人留言: plain text to the officers, possible in every state.</summary>
public sealed record WriteToOfficers(OpenedReport Opened, string? Text) : ICommand<Unit>, IActOfReporter
{
    public const int LongestText = 2000;

    public override string ToString() => nameof(WriteToOfficers);

    /// <summary>As the browser counts it: a line break is one character.</summary>
    internal static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}

public sealed class WriteToOfficersValidator : AbstractValidator<WriteToOfficers>
{
    public WriteToOfficersValidator()
    {
        RuleFor(c => c.Text).Must(text => WriteToOfficers.Plain(text).Length > 0).WithMessage("tracking.error.messageEmpty")
            .Must(text => WriteToOfficers.Plain(text).Length <= WriteToOfficers.LongestText).WithMessage("tracking.error.messageLong");
    }
}

internal sealed class WriteToOfficersHandler(ReportsDbContext db, JurisdictionProfile profile, TimeProvider time) : IRequestHandler<WriteToOfficers, Unit>
{
    public async Task<Unit> Handle(WriteToOfficers request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request.Opened.Id, cancellationToken);
        var day = profile.DeadlinesOn(report.FiledOn).DayOf(time.GetUtcNow());
        report.WriteToOfficers(request.Opened.SealText(WriteToOfficers.Plain(request.Text), day), day);
        return Unit.Value;
    }
}
