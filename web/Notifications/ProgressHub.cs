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

/// <summary>Live progress. A reporter hears of the report their receipt opened; staff of the work that is theirs, as long as they may. The page then reads itself again.</summary>
public sealed class ProgressHub(ReportOpener opener, CurrentStaff current, IMediator mediator, Listeners listeners) : Hub<IProgressClient>
{
    public static string OfReporter(Guid report) => $"reporter:{report:N}";

    public static string OfCase(Guid report) => $"case:{report:N}";

    public static string OfWork(string group) => $"work:{group}";

    public override async Task OnConnectedAsync()
    {
        try
        {
            await LetInAsync(Context.GetHttpContext()!.Request);
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // Gone again before it was let in.
        }

        await base.OnConnectedAsync();
    }

    private async Task LetInAsync(HttpRequest request)
    {
        if ((request.Query["kind"] == "report" ? AsReporter(request) : await AsStaffAsync(request)) is { } listening)
        {
            foreach (var group in GroupsOf(listening))
                await Groups.AddToGroupAsync(Context.ConnectionId, group);
            listeners.Add(Context, listening);
        }
        else
        {
            Context.Abort();
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        listeners.Remove(Context);
        return base.OnDisconnectedAsync(exception);
    }

    private Listening? AsReporter(HttpRequest request) =>
        opener.HeardBy(request.Secret(SecretCookies.Track)) is var (report, until) ? new ReporterListening(report, until) : null;

    /// <summary>The session is taken up here: a connection outlives the request it began with.</summary>
    private async Task<Listening?> AsStaffAsync(HttpRequest request)
    {
        if (SessionPass.Parse(request.Secret(SecretCookies.Staff)) is not { } pass || !await mediator.Send(new ResumeSession(pass, Seen: false), Context.ConnectionAborted))
            return null;
        var number = (string?)request.Query["number"];
        var report = string.IsNullOrEmpty(number) ? null : await mediator.Send(new FindCase(number, Noted: false), Context.ConnectionAborted);
        return new StaffListening(pass.Id, current.Required(), report);
    }

    private static IEnumerable<string> GroupsOf(Listening listening) => listening switch
    {
        ReporterListening reporter => [OfReporter(reporter.Report.Value)],
        StaffListening { Case: { } report } staff => [.. WorkOf(staff.Person).Select(OfWork), OfCase(report.Value)],
        StaffListening staff => WorkOf(staff.Person).Select(OfWork),
        _ => [],
    };

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
