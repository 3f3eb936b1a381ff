using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Tests.Hosting;

/// <summary>A member of staff at work: every act resumes their session, as a page would.</summary>
public sealed class StaffHands(ReportApplication app, Guid id, string name, string password, string totpSecret, SessionPass pass)
{
    public Guid Id { get; } = id;

    public string Name { get; } = name;

    public string Password { get; } = password;

    public string TotpSecret { get; } = totpSecret;

    public SessionPass Pass { get; private set; } = pass;

    /// <summary>Types the authenticator's code anew whenever the last is no longer fresh, as the page would ask; off in tests of that page.</summary>
    public bool StepsUp { get; set; } = true;

    public async Task<T> Send<T>(IRequest<T> request)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = await ResumeAsync(scope);
        return await mediator.Send(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens the report and sends what needs its content.</summary>
    public async Task<T> Send<T>(ReportId report, Func<OpenedReport, IRequest<T>> request)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = await ResumeAsync(scope);
        var opened = await scope.ServiceProvider.GetRequiredService<ReportOpener>().ForActAsync(report, TestContext.Current.CancellationToken);
        return await mediator.Send(request(opened), TestContext.Current.CancellationToken);
    }

    /// <summary>Signs in again when another test moved the clock past the idle half-hour.</summary>
    public async Task ComeBackAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        await ResumeAsync(scope);
    }

    private async Task<IMediator> ResumeAsync(AsyncServiceScope scope)
    {
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        if (await mediator.Send(new ResumeSession(Pass)))
        {
            var current = scope.ServiceProvider.GetRequiredService<CurrentStaff>();
            if (StepsUp && current.SecondFactorAt + StepUp.Fresh <= app.Time.GetUtcNow())
                await mediator.Send(new ConfirmSecondFactor(Recruiting.CodeOf(app, TotpSecret)));
            return mediator;
        }

        // The test moved the clock past the idle half-hour: signs in again, as a person would.
        Pass = (await mediator.Send(new SignIn(Name, Password, Recruiting.CodeOf(app, TotpSecret)))).Pass.ShouldNotBeNull();
        (await mediator.Send(new ResumeSession(Pass))).ShouldBeTrue();
        return mediator;
    }
}
