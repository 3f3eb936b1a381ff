using MediatR;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;

namespace Report12350.Messaging;

/// <summary>Changes something: permitted, validated, audited and saved in one transaction.</summary>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>Reads for a page.</summary>
public interface IQuery<out TResult> : IRequest<TResult>;

/// <summary>An act of staff on a report: the access table and the version the person saw decide.</summary>
public interface IActOnReport
{
    ReportId Report { get; }

    /// <summary>Version the person acted on.</summary>
    int Version { get; }

    ReportAction Action { get; }
}

/// <summary>An act of the reporter, who holds the receipt and no version: when staff changed the report meanwhile, it is done again.</summary>
public interface IActOfReporter
{
    OpenedReport Opened { get; }
}

/// <summary>An act of staff on a reward.</summary>
public interface IActOnReward
{
    Guid Claim { get; }

    int Version { get; }

    RewardAction Action { get; }
}

/// <summary>Open to staff in one of these roles only.</summary>
public interface INeedRole
{
    IReadOnlyList<Role> Roles { get; }
}

/// <summary>Only with a fresh second factor: what can't be taken back, and what leaves the house (二次验证).</summary>
public interface INeedStepUp;

/// <summary>Names the report an audited act concerns.</summary>
public interface IConcernReport
{
    ReportId Report { get; }
}

/// <summary>Names the report, or its reward, by the number people say to each other.</summary>
public interface IConcernNumber
{
    string Number { get; }
}

/// <summary>Names a request to see who a reporter is.</summary>
public interface IConcernReveal
{
    Guid Request { get; }
}

/// <summary>The person may not do this.</summary>
public sealed class NotPermittedException : Exception;

/// <summary>The second factor was proven too long ago; it is asked for, and then the same is sent again.</summary>
public sealed class StepUpNeededException : Exception;

/// <summary>Somebody changed it since the person saw it; nothing was saved.</summary>
public sealed class StaleException : Exception;

/// <summary>No such thing, or none this person may know of.</summary>
public sealed class NotFoundException : Exception;
