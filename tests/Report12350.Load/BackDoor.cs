using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Report12350.Confidentiality;
using Report12350.Data;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Staff;

namespace Report12350.Load;

/// <summary>A member of staff signed in, and the cookie their browser holds.</summary>
internal sealed record Member(Guid Id, SessionPass Pass)
{
    public string Cookie => $"__Host-staff={Pass.ToCookie()}";
}

/// <summary>The same program on the same folder, to lay out what a run needs without measuring it.</summary>
internal sealed class BackDoor : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private InstallationNotes? notes;
    private Member? administrator;

    public BackDoor(string folder, params IReadOnlyList<string> settings)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(["--Data:Folder", folder, "--Receipts:Ready", "1", .. settings]).Build();
        services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddReport12350(configuration).BuildServiceProvider();
    }

    public Task InstallAsync() => InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<Installation>().RunAsync(shown => notes = shown, CancellationToken.None);
        return true;
    });

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task<T> Send<T>(IRequest<T> request) => InScopeAsync(scope => scope.GetRequiredService<IMediator>().Send(request));

    public Task<T> Read<T>(Func<ReportsDbContext, Task<T>> read) => InScopeAsync(scope => read(scope.GetRequiredService<ReportsDbContext>()));

    /// <summary>A draft ready to be filed; the cookie that opens it.</summary>
    public async Task<string> ReadyDraftAsync(int i)
    {
        var pass = await Send(new StartDraft());
        var content = (await Send(new ReadDraft(pass)))!.Content;
        content.Answers = new ReportAnswers
        {
            NoticeRead = true,
            Kind = MatterKind.MajorHazard,
            Sector = "gas",
            Town = "gongping",
            Place = "人民路某超市二楼",
            Unit = $"某餐馆 {i}",
            Narrative = string.Concat(Enumerable.Repeat("厨房用的煤气瓶放在楼梯间,没有报警器。", 12)),
            When = "昨天下午",
            StillGoingOn = true,
            Urgent = false,
            Anonymity = Anonymity.Anonymous,
            RewardWanted = false,
        };
        content.Done = [.. ReportAnswersRules.Pages];
        await Send(new SaveDraft(pass, content));
        return $"__Host-draft={pass.ToCookie()}";
    }

    /// <summary>The cookie of a reporter who typed this receipt.</summary>
    public async Task<string> TrackingAsync(string receipt)
    {
        if (!Receipt.TryParse(receipt, out var parsed))
            throw new ArgumentException("This is no receipt.", nameof(receipt));
        return $"__Host-track={await InScopeAsync(scope => scope.GetRequiredService<ReportOpener>().PassForReceiptAsync(parsed, CancellationToken.None))}";
    }

    /// <summary>A dispatcher, joined, admitted and signed in; the cookie of the session.</summary>
    public async Task<string> DispatcherAsync() => (await MemberAsync("load.dispatcher", Role.Dispatcher)).Cookie;

    /// <summary>A member of this department, otherwise of the safety-committee office, in this role: joined, admitted and signed in.</summary>
    public async Task<Member> MemberAsync(string name, Role role, string department = "awb")
    {
        administrator ??= await JoinAsync(notes!.AdministratorCode);
        var member = await JoinAsync(await AsAsync(administrator, new InviteStaff(name, name, department, [role])));
        foreach (var group in (await AsAsync(administrator, new ListStaff())).Single(line => line.Id == member.Id).Waiting)
            await AsAsync(administrator, new AdmitMember(member.Id, group, notes!.RecoveryKey));
        return member;
    }

    public Task<T> AsAsync<T>(Member member, IRequest<T> request) => InScopeAsync(async scope =>
    {
        var mediator = scope.GetRequiredService<IMediator>();
        await mediator.Send(new ResumeSession(member.Pass));
        return await mediator.Send(request);
    });

    /// <summary>Opens the report and sends what needs its content, on the version it has now.</summary>
    public Task<T> AsAsync<T>(Member member, ReportId report, Func<OpenedReport, int, IRequest<T>> request) => InScopeAsync(async scope =>
    {
        var mediator = scope.GetRequiredService<IMediator>();
        await mediator.Send(new ResumeSession(member.Pass));
        var opened = await scope.GetRequiredService<ReportOpener>().ForActAsync(report, CancellationToken.None);
        var version = await scope.GetRequiredService<ReportsDbContext>().Reports.Where(r => r.Id == report).Select(r => r.Version).SingleAsync();
        return await mediator.Send(request(opened, version));
    });

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private async Task<Member> JoinAsync(string code)
    {
        const string Password = "lychee ferry lantern 12350"; // holds no name of those who join
        var secret = Base32Encoding.ToString(Guid.NewGuid().ToByteArray());
        var totp = new Totp(Base32Encoding.ToBytes(secret));
        var (name, _) = await Send(new JoinStaff(code, Password, secret, totp.ComputeTotp()));
        var signedIn = await Send(new SignIn(name, Password, totp.ComputeTotp()));
        var id = await Read(db => Task.FromResult(db.Staff.Single(m => m.SignInName == name).Id));
        return new Member(id, signedIn.Pass!);
    }
}
