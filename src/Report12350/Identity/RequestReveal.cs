using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Identity;

/// <summary>申请查看举报人身份: to the custodians, with a reason they alone read; the reporter is told that it was asked.</summary>
public sealed record RequestReveal(ReportId Report, int Version, RevealReason? Reason, string? Why) : ICommand<Unit>, IActOnReport
{
    public const int LongestWhy = 1000;

    public ReportAction Action => ReportAction.RequestReveal;

    public override string ToString() => nameof(RequestReveal);
}

public sealed class RequestRevealValidator : AbstractValidator<RequestReveal>
{
    public RequestRevealValidator()
    {
        RuleFor(c => c.Reason).NotNull().WithMessage("reveals.error.reason").IsInEnum().WithMessage("reveals.error.reason");
        RuleFor(c => c.Why).NotEmpty().WithMessage("reveals.error.why").MaximumLength(RequestReveal.LongestWhy).WithMessage("reveals.error.whyLong");
    }
}

internal sealed class RequestRevealHandler(ReportsDbContext db, IdentitySeal identities, CurrentStaff current, TimeProvider time)
    : IRequestHandler<RequestReveal, Unit>
{
    public async Task<Unit> Handle(RequestReveal request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var (now, by) = (time.GetUtcNow(), current.Actor!);
        var mine = await db.RevealRequests.AsNoTracking().Where(r => r.ReportId == report.Id && r.RequestedBy == by.StaffId).ToListAsync(cancellationToken);
        if (mine.Exists(r => r.StateAt(now) is RevealState.Waiting or RevealState.Granted))
            throw new RuleBrokenException("rule.RevealAskedAlready");
        var why = await identities.SealWhyAsync(report.Id, request.Why!, now, cancellationToken);
        db.RevealRequests.Add(new RevealRequest(why, report.Id, by.StaffId!.Value, by.Role!.Value, by.Department!, request.Reason!.Value, now));
        report.RequestReveal(by, request.Reason.Value, now);
        return Unit.Value;
    }
}
