using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Domain.Access;
using Report12350.Domain.Rewards;
using Report12350.Intake;
using Report12350.Load;
using Report12350.Rewards;
using Report12350.Tests.Rewards;

namespace Report12350.Tests.Crash;

/// <summary>Everybody who is at the site at once: reporters, the dispatcher, the committee, the reward officer, a claimant, the cashier.</summary>
internal sealed class Bustle : IAsyncDisposable
{
    private const int Reporters = 3;
    private const int DraftsEach = 2;
    private const int RewardsARound = 2;
    private static readonly Ballot[] Ballots = [Ballot.Approve, Ballot.Approve, Ballot.Approve, Ballot.Reject, Ballot.Abstain];
    private readonly string folder = Directory.CreateTempSubdirectory("report12350-kills-").FullName;
    private readonly Dictionary<Guid, Staged> rewards = [];
    private readonly HashSet<string> staged = [];
    private readonly List<Member> committee = [];
    private Member dispatcher = null!;
    private Member rewardOfficer = null!;
    private Member cashier = null!;

    private Bustle() => Door = new BackDoor(folder);

    public BackDoor Door { get; }

    /// <summary>Every draft anybody sent, and what its unit is called.</summary>
    public Dictionary<DraftPass, string> Drafts { get; } = [];

    public static async Task<Bustle> LayOutAsync()
    {
        var bustle = new Bustle();
        var door = bustle.Door;
        await door.InstallAsync();
        bustle.dispatcher = await door.MemberAsync("kill.dispatcher", Role.Dispatcher);
        bustle.rewardOfficer = await door.MemberAsync("kill.rewards", Role.RewardOfficer);
        bustle.cashier = await door.MemberAsync("kill.cashier", Role.Cashier);
        foreach (var no in Enumerable.Range(1, 3))
            bustle.committee.Add(await door.MemberAsync($"kill.committee.{no}", Role.CommitteeMember));
        var year = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Year;
        await door.AsAsync(bustle.dispatcher, new AllotFund(year, 100_000_000));
        return bustle;
    }

    /// <summary>The whole drill takes longer than a second factor stays fresh, so everybody has just proven theirs.</summary>
    public async Task<SiteUnderLoad> StartSiteAsync()
    {
        await Door.Read(db => db.StaffSessions.ExecuteUpdateAsync(s => s.SetProperty(x => x.SecondFactorAt, TimeProvider.System.GetUtcNow())));
        return await SiteUnderLoad.StartAsync(folder, "--Receipts:Ready", "16");
    }

    public Task<Books> BooksAsync(IEnumerable<DraftPass> drafts) => Books.ReadAsync(Door, drafts, staged);

    /// <summary>The pages opened and filled in, ready to be sent: one list a person.</summary>
    public async Task<Round> PrepareAsync(SiteUnderLoad site, Random random)
    {
        var books = await BooksAsync([]);
        foreach (var reward in await Door.InScopeAsync(scope => RewardStage.StageAsync(scope, RewardsARound, new Staging { Until = RewardState.Voting })))
        {
            rewards.Add(reward.Claim, reward);
            staged.Add(reward.Number);
        }

        using var browser = site.Browser(keepsCookies: false);
        Dictionary<DraftPass, SentForm> filings = [];
        List<IReadOnlyList<SentForm>> people = [];
        for (var reporter = 0; reporter < Reporters; reporter++)
            people.Add(await FilingsAsync(browser, filings));
        people.Add(await AcceptancesAsync(browser, books));
        foreach (var member in committee)
            people.Add(await VotesAsync(browser, member, random));
        people.Add(await EachAsync(books, RewardState.Approved, (claim, _) => SentForm.ReadAsync(
            browser, $"/staff/rewards/{claim.Number}", "handler=Notify", rewardOfficer.Cookie, $"/staff/rewards/{claim.Number}",
            after => after.Claims[claim.Id].State is RewardState.ClaimOpen)));
        people.Add(await EachAsync(books, RewardState.ClaimOpen, ClaimAsync(browser)));
        people.Add(await EachAsync(books, RewardState.Claimed, (claim, _) => SentForm.ReadAsync(
            browser, $"/staff/rewards/{claim.Number}/pay", "", cashier.Cookie, $"/staff/rewards/{claim.Number}/pay",
            after => after.Claims[claim.Id] is { State: RewardState.Paid } paid && paid.PaidBy == cashier.Id)));
        return new Round(this, filings, people);
    }

    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        File.Delete(folder + ".pfx");
    }

    private async Task<IReadOnlyList<SentForm>> FilingsAsync(HttpClient browser, Dictionary<DraftPass, SentForm> filings)
    {
        List<SentForm> sent = [];
        for (var i = 0; i < DraftsEach; i++)
        {
            var cookie = await Door.ReadyDraftAsync(Drafts.Count);
            var pass = DraftPass.Parse(cookie.Split('=', 2)[1])!;
            Drafts.Add(pass, $"某餐馆 {Drafts.Count}");
            var form = await SentForm.ReadAsync(
                browser, "/report/check", "", cookie, "/report/done",
                books => books.Filed.TryGetValue(pass.Id, out var filed) && books.Reports.ContainsKey(filed.Number), ("TruthPledged", "true"));
            filings.Add(pass, form);
            sent.Add(form);
        }

        return sent;
    }

    private async Task<IReadOnlyList<SentForm>> AcceptancesAsync(HttpClient browser, Books books)
    {
        List<SentForm> sent = [];
        foreach (var number in books.Reports.Keys.Where(number => books.Accepted(number) == 0).Order(StringComparer.Ordinal).Take(2))
        {
            sent.Add(await SentForm.ReadAsync(
                browser, $"/staff/reports/{number}", "handler=Accept", dispatcher.Cookie, $"/staff/reports/{number}",
                after => after.Accepted(number) == 1));
        }

        return sent;
    }

    private async Task<IReadOnlyList<SentForm>> VotesAsync(HttpClient browser, Member member, Random random)
    {
        List<SentForm> sent = [];
        foreach (var reward in rewards.Values.TakeLast(RewardsARound))
        {
            var ballot = Ballots[random.Next(Ballots.Length)];
            sent.Add(await SentForm.ReadAsync(
                browser, $"/staff/rewards/{reward.Number}", "handler=Vote", member.Cookie, $"/staff/rewards/{reward.Number}",
                books => books.Claims[reward.Claim].Votes.Count(v => v.MemberId == member.Id && v.Ballot == ballot) == 1,
                ("Ballot", ballot.ToString())));
        }

        return sent;
    }

    /// <summary>The claimant has typed number and claim code already.</summary>
    private Func<RewardClaim, Staged, Task<SentForm>> ClaimAsync(HttpClient browser) => async (claim, reward) =>
    {
        var check = await Door.Send(new CheckClaimCode(reward.Number, reward.ClaimCode));
        var pass = await Door.InScopeAsync(scope => Task.FromResult(scope.GetRequiredService<ClaimPasses>().Seal(check.Proof!)));
        var payee = RewardStage.Payee;
        return await SentForm.ReadAsync(
            browser, "/claim/collect", "", $"__Host-claim={pass}", "/claim/done",
            books => books.Claims[claim.Id] is { State: RewardState.Claimed, SealedPayee: not null },
            ("Way", "Bank"), ("Payee.Name", payee.Name!), ("Payee.Bank", payee.Bank!), ("Payee.Account", payee.Account!));
    };

    private async Task<IReadOnlyList<SentForm>> EachAsync(Books books, RewardState state, Func<RewardClaim, Staged, Task<SentForm>> read)
    {
        List<SentForm> sent = [];
        foreach (var claim in books.Claims.Values.Where(c => c.State == state && rewards.ContainsKey(c.Id)).Take(RewardsARound))
            sent.Add(await read(claim, rewards[claim.Id]));
        return sent;
    }
}
