using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Report12350.Audit;
using Report12350.Data;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Evidence;
using Report12350.Outbox;
using Report12350.Profiles;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350.Messaging;

/// <summary>Logs the name of the use case and how it went; never the command.</summary>
public sealed partial class LoggingBehaviour<TRequest, TResult>(ILogger<LoggingBehaviour<TRequest, TResult>> logger)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        try
        {
            return await next();
        }
        catch (Exception exception) when (exception is EvidenceStoreDownException || DatabaseSetup.IsUnavailable(exception))
        {
            LogUnavailable(typeof(TRequest).Name, exception.GetType().Name);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Error, "{UseCase}: the database or the store did not answer ({Kind})")]
    private partial void LogUnavailable(string useCase, string kind);
}

/// <summary>Lets only the holder of the receipt do a reporter's act, and does it again when staff were quicker.</summary>
public sealed class ReporterBehaviour<TRequest, TResult> : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    private const int Attempts = 5;

    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        if (request is not IActOfReporter act)
            return await next();
        if (!act.Opened.ByReporter)
            throw new NotPermittedException();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await next();
            }
            catch (StaleException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }
}

/// <summary>Asks the access table. What is refused is audited.</summary>
public sealed class PermissionBehaviour<TRequest, TResult>(
    ReportsDbContext db, CurrentStaff current, AuditTrail audit, JurisdictionProfile profile, TimeProvider time)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        var admitted = false;
        try
        {
            admitted = await AdmittedAsync(request, cancellationToken);
            return admitted ? await next() : throw new NotPermittedException();
        }
        catch (Exception refusal) when ((refusal is NotPermittedException && !admitted) || (refusal is RuleBrokenException && current.Person is not null && request is IActOnReport or IActOnReward or IConcernReport))
        {
            await audit.RefuseAsync(typeof(TRequest).Name, await db.ReportOfAsync(request, cancellationToken), cancellationToken);
            throw;
        }
    }

    private async Task<bool> AdmittedAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (request is INeedRole need && !need.Roles.Any(role => current.Is(role)))
            return false;
        if (await IsKeptOutAsync(request, cancellationToken))
            return false;
        if (request is IActOnReward reward && !await AdmittedAsync(reward, cancellationToken))
            return false;
        return request is not IActOnReport act || await AdmittedAsync(act, cancellationToken);
    }

    private async Task<bool> AdmittedAsync(IActOnReport act, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person)
            return false;
        var report = await db.LookAtAsync(act.Report, cancellationToken);
        var rules = profile.DeadlinesOn(report.FiledOn).Rules;
        var now = time.GetUtcNow();
        if (Permissions.RoleFor(person, act.Action, report, rules, now) is not { } role || !Admit(role))
            return false;
        // Before its fields are looked at; whoever acts on a page that is behind hears of that instead.
        if (report.Version == act.Version && ReportWorkflow.Refusal(report, act.Action, current.Actor, rules, now) is { } refusal)
            throw new RuleBrokenException(refusal, report.State, act.Action);
        // 三专: accepting one report of a matter is accepting the matter.
        if (act.Action is ReportAction.SignIn or ReportAction.RecordVerification or ReportAction.Conclude
            && await db.Reports.AnyAsync(r => r.MatterId == report.MatterId && r.AcceptedBy == person.Id, cancellationToken))
            throw new RuleBrokenException("rule.AcceptorMayNotVerify");
        return true;
    }

    private async Task<bool> AdmittedAsync(IActOnReward act, CancellationToken cancellationToken)
    {
        if (!Permissions.OnRewards.TryGetValue(act.Action, out var needed) || !Admit(needed))
            return false;
        if (act.Action is RewardAction.Pay or RewardAction.Vote && await db.ReportOfAsync(act, cancellationToken) is { } report
            && (await RewardMatter.OfAsync(db, report, cancellationToken)).HandledBy.Contains(current.Required().Id))
            throw new RuleBrokenException(act.Action is RewardAction.Pay ? "rule.PayerMustBeAnother" : "rule.MemberExcluded");
        return true;
    }

    /// <summary>利害关系回避: whatever names a report or its reward.</summary>
    private async Task<bool> IsKeptOutAsync(TRequest request, CancellationToken cancellationToken)
    {
        if (current.Person is not { Conflicts: { Count: > 0 } conflicts } || await db.ReportOfAsync(request, cancellationToken) is not { } report)
            return false;
        return conflicts.Contains(await db.Reports.Where(r => r.Id == report).Select(r => r.MatterId).FirstOrDefaultAsync(cancellationToken));
    }

    private bool Admit(Role role)
    {
        if (current.Person is not { } person || !person.Roles.Contains(role))
            return false;
        current.Actor = Actor.Staff(person.Id, role, person.Department);
        return true;
    }
}

/// <summary>Checks the command's fields; messages are keys of texts.</summary>
public sealed class ValidationBehaviour<TRequest, TResult>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        foreach (var validator in validators)
            await validator.ValidateAndThrowAsync(request, cancellationToken);
        return await next();
    }
}

/// <summary>Writes the audit entry into the command's own transaction: no act without an entry.</summary>
public sealed class AuditBehaviour<TRequest, TResult>(ReportsDbContext db, CurrentStaff current, TimeProvider time)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        if (request is ICommand<TResult> and (IActOnReport or IActOnReward or INeedRole or IConcernReport))
        {
            var report = await db.ReportOfAsync(request, cancellationToken);
            db.Audit.Add(AuditTrail.Entry(typeof(TRequest).Name, current, report, time.GetUtcNow()));
        }

        return await next();
    }
}

/// <summary>One command, one transaction: change, events and audit entry are saved together or not at all.</summary>
public sealed class TransactionBehaviour<TRequest, TResult>(ReportsDbContext db, OutboxSignal signal)
    : IPipelineBehavior<TRequest, TResult>
    where TRequest : IRequest<TResult>
{
    public async Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        if (request is not ICommand<TResult>)
            return await next();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var result = await next();
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            signal.Saved(toDeliver: db.ChangeTracker.Entries<OutboxMessage>().Any());
            return result;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            throw new StaleException();
        }
        catch
        {
            db.ChangeTracker.Clear();
            throw;
        }
    }
}
