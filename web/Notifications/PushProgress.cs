using MediatR;
using Microsoft.AspNetCore.SignalR;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Outbox;
using Report12350.Tracking;

namespace Report12350.Web.Notifications;

/// <summary>Tells open pages that a report changed: an id and a step, never what was said.</summary>
public sealed class PushProgress(IHubContext<ProgressHub, IProgressClient> hub, IMediator mediator) :
    INotificationHandler<Delivered<ReportFiled>>, INotificationHandler<Delivered<ReportProgressed>>, INotificationHandler<Delivered<RewardProgressed>>
{
    public Task Handle(Delivered<ReportFiled> notification, CancellationToken cancellationToken) =>
        hub.Clients.Group(ProgressHub.OfWork(Confidentiality.Groups.Dispatchers)).Changed(null);

    public async Task Handle(Delivered<ReportProgressed> notification, CancellationToken cancellationToken)
    {
        var progressed = notification.Event;
        if (progressed.ForReporter)
        {
            await hub.Clients.Group(ProgressHub.OfReporter(progressed.Report)).Changed(progressed.Step);
            foreach (var merged in await mediator.Send(new MergedReports(new ReportId(progressed.Report)), cancellationToken))
                await hub.Clients.Group(ProgressHub.OfReporter(merged.Value)).Changed(null);
        }

        await hub.Clients.Group(ProgressHub.OfCase(progressed.Report)).Changed(progressed.Step);
        var departments = progressed.Departments.Select(Confidentiality.Groups.OfDepartment);
        await hub.Clients.Groups([.. departments.Append(Confidentiality.Groups.Dispatchers).Append(Confidentiality.Groups.Supervisors).Select(ProgressHub.OfWork)]).Changed(null);
    }

    public async Task Handle(Delivered<RewardProgressed> notification, CancellationToken cancellationToken)
    {
        await hub.Clients.Group(ProgressHub.OfReporter(notification.Event.Report)).Changed(null);
        await hub.Clients.Group(ProgressHub.OfCase(notification.Event.Report)).Changed(null);
        await hub.Clients.Groups([.. new[] { Confidentiality.Groups.RewardOfficers, Confidentiality.Groups.Committee, Confidentiality.Groups.Cashiers }.Select(ProgressHub.OfWork)]).Changed(null);
    }
}
