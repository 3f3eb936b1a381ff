using MediatR;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Messaging;

namespace Report12350.Staff;

/// <summary>我的登录: the person's own sessions, by day; neither address nor browser is known.</summary>
public sealed record ListMySignIns : IQuery<MySignIns>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

/// <param name="RecoveryCodes">How many are unused.</param>
public sealed record MySignIns(IReadOnlyList<SignInLine> Lines, int RecoveryCodes);

public sealed record SignInLine(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsThis);

internal sealed class ListMySignInsHandler(ReportsDbContext db, CurrentStaff current, TimeProvider time) : IRequestHandler<ListMySignIns, MySignIns>
{
    public async Task<MySignIns> Handle(ListMySignIns request, CancellationToken cancellationToken)
    {
        var (me, here, now) = (current.Required().Id, current.SessionId, time.GetUtcNow());
        var (idle, begun) = (now - LiveSessions.Idle, now - LiveSessions.Longest);
        var lines = await db.StaffSessions.AsNoTracking().Where(s => s.StaffId == me && s.SeenAt > idle && s.StartedAt > begun)
            .OrderByDescending(s => s.SeenAt).Select(s => new SignInLine(s.Id, s.StartedAt, s.SeenAt, s.Id == here)).ToListAsync(cancellationToken);
        return new MySignIns(lines, await db.StaffRecoveryCodes.CountAsync(c => c.StaffId == me, cancellationToken));
    }
}

/// <summary>结束登录: one of the person's other sessions, or all of them.</summary>
/// <param name="Session">Null for all but this one.</param>
public sealed record EndMySignIns(Guid? Session) : ICommand<int>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

internal sealed class EndMySignInsHandler(ReportsDbContext db, CurrentStaff current) : IRequestHandler<EndMySignIns, int>
{
    public Task<int> Handle(EndMySignIns request, CancellationToken cancellationToken)
    {
        var (me, here) = (current.Required().Id, current.SessionId);
        return db.StaffSessions.Where(s => s.StaffId == me && s.Id != here && (request.Session == null || s.Id == request.Session))
            .ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>结束某人的登录: an administrator ends all of a person's sessions at once; the person may sign in again.</summary>
public sealed record EndSignInsOf(Guid Staff) : ICommand<int>, INeedRole
{
    IReadOnlyList<Role> INeedRole.Roles => [Role.Administrator];
}

internal sealed class EndSignInsOfHandler(ReportsDbContext db) : IRequestHandler<EndSignInsOf, int>
{
    public Task<int> Handle(EndSignInsOf request, CancellationToken cancellationToken) =>
        db.StaffSessions.Where(s => s.StaffId == request.Staff).ExecuteDeleteAsync(cancellationToken);
}

/// <summary>新的恢复码: ten new ones, shown once; the old ones stop working.</summary>
public sealed record RenewRecoveryCodes : ICommand<IReadOnlyList<string>>, INeedRole, INeedStepUp
{
    IReadOnlyList<Role> INeedRole.Roles => Enum.GetValues<Role>();
}

internal sealed class RenewRecoveryCodesHandler(CurrentStaff current, SecondFactor factor) : IRequestHandler<RenewRecoveryCodes, IReadOnlyList<string>>
{
    public Task<IReadOnlyList<string>> Handle(RenewRecoveryCodes request, CancellationToken cancellationToken) =>
        factor.RenewRecoveryCodesAsync(current.Required().Id, cancellationToken);
}
