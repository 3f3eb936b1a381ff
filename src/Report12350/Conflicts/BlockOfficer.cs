using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tracking;

namespace Report12350.Conflicts;

/// <summary>指令回避: the person sees the matter no more. Dispatchers name anybody, a department's lead its own people.</summary>
public sealed record BlockOfficer(OpenedReport Opened, int Version, Guid? Officer, string Reason) : ContentAct(Opened, Version)
{
    public override ReportAction Action => ReportAction.BlockOfficer;
}

internal sealed class BlockOfficerValidator : AbstractValidator<BlockOfficer>
{
    public BlockOfficerValidator()
    {
        RuleFor(c => c.Officer).NotNull().WithMessage("conflicts.error.person");
        RuleFor(c => c.Reason).Written();
    }
}

internal sealed class BlockOfficerHandler(ReportsDbContext db, ConflictBlocks blocks, CurrentStaff current, TimeProvider time)
    : IRequestHandler<BlockOfficer, Unit>
{
    public async Task<Unit> Handle(BlockOfficer request, CancellationToken cancellationToken)
    {
        var report = await db.LoadAsync(request, cancellationToken);
        var officer = await db.Staff.AsNoTracking().FirstOrDefaultAsync(m => m.Id == request.Officer && m.Active, cancellationToken) ?? throw new NotFoundException();
        if (current.Actor!.Role is Role.DepartmentLead && officer.Department != current.Actor.Department)
            throw new RuleBrokenException("rule.OnlyOwnPeople");
        await blocks.AddAsync(report, officer.Id, cancellationToken);
        var now = time.GetUtcNow();
        report.BlockOfficer(current.Actor, officer.Id, request.Opened.SealWritten(request.Reason, now), now);
        return Unit.Value;
    }
}
