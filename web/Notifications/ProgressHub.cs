using MediatR;
using Microsoft.AspNetCore.SignalR;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Staff;
using Report12350.Tracking;
using Report12350.Web.Security;

namespace Report12350.Web.Notifications;

/// <summary>All a push ever says: something changed, and which step it was.</summary>
public interface IProgressClient
{
    Task Changed(int? step);
}

/// <summary>Live progress. A reporter hears of the report their receipt opened; staff of the work that is theirs. The page then reads itself again.</summary>
public sealed class ProgressHub(ReportOpener opener, CurrentStaff current, IMediator mediator) : Hub<IProgressClient>
{
    public static string OfReporter(Guid report) => $"reporter:{report:N}";

    public static string OfCase(Guid report) => $"case:{report:N}";

    public static string OfWork(string group) => $"work:{group}";

    public override async Task OnConnectedAsync()
    {
        var request = Context.GetHttpContext()!.Request;
        if (request.Query["kind"] == "report")
            await ListenAsReporterAsync(request);
        else if (current.Person is { } person)
            await ListenAsStaffAsync(person, request.Query["number"]);
        else
            Context.Abort();
        await base.OnConnectedAsync();
    }

    private async Task ListenAsReporterAsync(HttpRequest request)
    {
        if (opener.ForReporter(request.Secret(SecretCookies.Track)) is { } opened)
            await Groups.AddToGroupAsync(Context.ConnectionId, OfReporter(opened.Id.Value));
        else
            Context.Abort();
    }

    private async Task ListenAsStaffAsync(Person person, string? number)
    {
        foreach (var group in WorkOf(person))
            await Groups.AddToGroupAsync(Context.ConnectionId, OfWork(group));
        if (!string.IsNullOrEmpty(number) && await mediator.Send(new FindCase(number, Noted: false), Context.ConnectionAborted) is { } report)
            await Groups.AddToGroupAsync(Context.ConnectionId, OfCase(report.Value));
    }

    private static IEnumerable<string> WorkOf(Person person) => person.Roles.Select(role => role switch
    {
        Role.Dispatcher => Confidentiality.Groups.Dispatchers,
        Role.Officer or Role.DepartmentLead => Confidentiality.Groups.OfDepartment(person.Department),
        Role.Supervisor => Confidentiality.Groups.Supervisors,
        Role.RewardOfficer => Confidentiality.Groups.RewardOfficers,
        Role.CommitteeMember => Confidentiality.Groups.Committee,
        Role.Cashier => Confidentiality.Groups.Cashiers,
        _ => "",
    }).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal);
}
