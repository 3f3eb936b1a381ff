using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;
using Report12350.Identity;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Rewards;
using Report12350.Routing;
using Report12350.Staff;
using Report12350.Tests.Hosting;
using Report12350.Tests.Rewards;
using Report12350.Tests.Staff;
using Report12350.Tracking;
using Report12350.Verification;

namespace Report12350.Tests.Confidentiality;

/// <summary>What somebody opens who has keys in their hands and the whole database and the erase keys before them, whatever the program says.</summary>
public abstract class GroupRenewalTests(ReportApplication app)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_of_another_department_with_the_whole_database_opens_nothing_of_it()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        var (own, stranger) = (await KeysOfAsync(await hands.Officer), await KeysOfAsync(await app.As(Role.Officer, "jyj")));
        stranger.Count.ShouldBe(2, "their own key and their department's");

        (await OpenedByAsync(own, filed)).ShouldContain("Reports.SealedContent", "the attempt itself must work");
        (await OpenedByAsync(own, filed)).ShouldContain("VerificationRecords.SealedContent");
        (await OpenedByAsync(stranger, filed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_key_of_the_department_opens_it_before_the_referral_and_after_it_theirs_does()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var keys = await KeysOfAsync(await hands.Officer);
        (await OpenedByAsync(keys, filed)).ShouldBeEmpty();

        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, CaseHands.Gas, [], "归它管。"));

        (await OpenedByAsync(keys, filed)).ShouldContain("Reports.SealedContent");
    }

    [Fact]
    public async Task Who_left_with_the_groups_key_opens_nothing_new_and_once_it_is_sealed_anew_nothing_at_all()
    {
        const string department = "wjj";
        var (leaver, stays) = (await app.As(Role.Officer, department, "leaver"), await app.As(Role.Officer, department, "stays"));
        var before = await ReferredAsync(department);
        var kept = await KeysOfAsync(leaver);

        await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(leaver.Id));
        var after = await ReferredAsync(department);

        (await OpenedByAsync(kept, after)).ShouldBeEmpty();
        (await OpenedByAsync(kept, before)).ShouldNotBeEmpty("until a member seals anew");
        await ReadsAsync(stays, before, after);
        var newcomer = await app.As(Role.Officer, department, "newcomer");
        await ReadsAsync(newcomer, before, after);

        using var browser = app.BrowserOf(stays);
        (await browser.ReadAsync("/staff")).ShouldContain("用新密钥重新密封");
        (await browser.SendFormAsync("/staff", [("group", Groups.OfDepartment(department))], "/staff/people?handler=SealAnew")).Headers.Location!.ToString().ShouldBe("/staff/people");

        (await OpenedByAsync(kept, before)).ShouldBeEmpty();
        (await OpenedByAsync(kept, after)).ShouldBeEmpty();
        await ReadsAsync(stays, before, after);
        await ReadsAsync(newcomer, before, after);
        (await browser.ReadAsync("/staff")).ShouldNotContain("用新密钥重新密封");
        (await browser.ReadAsync("/staff/people")).ShouldNotContain("用新密钥重新密封");
        (await app.Read(db => db.Audit.AnyAsync(a => a.StaffId == stays.Id && a.Act == nameof(SealAnew) && !a.Refused, Token))).ShouldBeTrue();
        var late = await app.As(Role.Officer, department, "late");
        (await app.Read(db => db.GroupMembers.CountAsync(m => m.StaffId == late.Id, Token))).ShouldBe(1, "an emptied key is handed to nobody");
        await ReadsAsync(late, before, after);
    }

    [Fact]
    public async Task Only_a_member_seals_anew()
    {
        var leaver = await app.As(Role.Supervisor, person: "leaver");
        await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(leaver.Id));

        await Should.ThrowAsync<NotPermittedException>(async () => await (await Recruiting.AdministratorAsync(app)).Send(new SealAnew(Groups.Supervisors)));
        await Should.ThrowAsync<NotPermittedException>(async () => await (await app.As(Role.Officer, "jyj")).Send(new SealAnew(Groups.Supervisors)));
    }

    [Fact]
    public async Task Where_to_pay_and_why_an_identity_was_asked_for_are_sealed_anew_too()
    {
        var staged = await app.StageAsync(new Staging { Until = RewardState.Claimed });
        var (cashier, custodian) = (await app.As(Role.Cashier, person: "stays"), await app.As(Role.Custodian, person: "stays"));
        var (filed, hands) = await app.NewCaseAsync(c => (c.Answers.Anonymity, c.Identity) = (Anonymity.Named, new ReporterIdentity { Name = "郑小满", Phone = "13900001111" }));
        await hands.VerifyingAsync();
        await (await hands.Officer).Send(new RequestReveal(filed.Id, await hands.Version, Domain.Identity.RevealReason.Testimony, "要请他作证。"));
        var kept = new List<KeyPair>();
        foreach (var leaver in new[] { await app.As(Role.Cashier, person: "leaver"), await app.As(Role.Custodian, person: "leaver") })
        {
            kept.AddRange(await KeysOfAsync(leaver));
            await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(leaver.Id));
        }

        (await cashier.Send(new ReadPayment(staged.Number))).Payee!.Account.ShouldBe(RewardStage.Payee.Account);
        (await cashier.Send(new SealAnew(Groups.Cashiers))).ShouldBe(0);
        (await custodian.Send(new SealAnew(Groups.Custodians))).ShouldBe(0);

        (await cashier.Send(new ReadPayment(staged.Number))).Payee!.Account.ShouldBe(RewardStage.Payee.Account);
        var reveal = await app.Read(db => db.RevealRequests.AsNoTracking().SingleAsync(r => r.ReportId == filed.Id, Token));
        (await custodian.Send(new ReadReveal(reveal.Id))).Why.ShouldBe("要请他作证。");
        var payee = (await app.Read(db => db.RewardClaims.AsNoTracking().SingleAsync(c => c.Id == staged.Claim, Token))).SealedPayee!;
        var (withClaim, withReport) = (await WithAsync(staged.Report), await WithAsync(filed.Id));
        foreach (var key in kept)
        {
            SealedBox.TryOpen(key, payee, Places.Payee(staged.Claim), withClaim).ShouldBeNull();
            SealedBox.TryOpen(key, reveal.SealedWhy, Places.RevealWhy(reveal.Id), withReport).ShouldBeNull();
        }
    }

    /// <summary>Their own key and their copies of their groups' keys.</summary>
    private async Task<IReadOnlyList<KeyPair>> KeysOfAsync(StaffHands who)
    {
        var own = await app.OpenedKeyAsync(who);
        var copies = await app.Read(db => db.GroupMembers.AsNoTracking().Where(m => m.StaffId == who.Id).ToListAsync(Token));
        return [own, .. copies.Select(copy => GroupKeys.Opened(copy, own).Pair)];
    }

    /// <summary>The columns of a report that these keys open: each is tried on all keys of all reports, and what that gives on all that is sealed of this one.</summary>
    private async Task<IReadOnlyList<string>> OpenedByAsync(IReadOnlyList<KeyPair> keys, Filed filed)
    {
        var erase = app.Services.GetRequiredService<EraseKeys>();
        var rows = await app.Read(db => db.ReportKeys.AsNoTracking().Join(db.Reports, k => k.ReportId, r => r.Id, (k, r) => new { Key = k, r.EraseKeyId }).ToListAsync(Token));
        var opened = rows.SelectMany(row => keys.Select(key => SealedBox.TryOpen(
                key, row.Key.SealedKey, Places.ReportKey(row.Key.ReportId, row.Key.GroupId, row.Key.Generation, row.Key.Purpose), erase.Find(row.EraseKeyId))))
            .OfType<byte[]>().Select(key => ContentKey.From(key)).ToList();
        var report = await app.ReportAsync(filed.Id);
        (string Column, byte[]? Value, Place Place)[] values =
        [
            ("Reports.SealedContent", report.SealedContent, Places.Content(filed.Id)),
            .. report.Timeline.Select(e => ("Timeline.SealedText", e.SealedText, Places.Timeline(e.Id))),
            .. report.VerificationRecords.Select(r => ("VerificationRecords.SealedContent", (byte[]?)r.SealedContent, Places.Verification(r.Id))),
            .. report.RectificationItems.Select(i => ("RectificationItems.SealedDetails", (byte[]?)i.SealedDetails, Places.ItemDetails(i.Id))),
        ];
        return [.. values.Where(v => v.Value is not null && opened.Exists(key => Opens(key, v.Value, v.Place))).Select(v => v.Column).Distinct()];
    }

    private static bool Opens(ContentKey key, byte[] value, Place place)
    {
        try
        {
            key.OpenText(value, place);
            return true;
        }
        catch (SealBrokenException)
        {
            return false;
        }
    }

    private async Task<EraseKey> WithAsync(ReportId report)
    {
        var id = await app.Read(db => db.Reports.Where(r => r.Id == report).Select(r => r.EraseKeyId).SingleAsync(Token));
        return app.Services.GetRequiredService<EraseKeys>().Find(id)!;
    }

    private async Task<Filed> ReferredAsync(string department)
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.AcceptedAsync();
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new ReferReport(o, version, department, [], "归它管。"));
        return filed;
    }

    private static async Task ReadsAsync(StaffHands who, params IReadOnlyList<Filed> reports)
    {
        foreach (var filed in reports)
            (await who.Send(new ReadCase(filed.Number))).Report.State.ShouldBe(ReportState.Referred);
    }
}

public sealed class GroupRenewalOnSqliteTests(SqliteApplication app) : GroupRenewalTests(app), IClassFixture<SqliteApplication>;

public sealed class GroupRenewalOnPostgresTests(PostgresApplication app) : GroupRenewalTests(app), IClassFixture<PostgresApplication>;
