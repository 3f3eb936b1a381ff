using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Identity;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Staff;
using Report12350.Tests.Confidentiality;
using Report12350.Tests.Hosting;
using Report12350.Tests.Staff;
using Report12350.Tests.Tracking;
using Report12350.Tracking;
using Report12350.Web;

namespace Report12350.Tests.Identity;

/// <summary>Who the reporter is: asked for with a reason, granted by a custodian for a time to one person, noted, and told to the reporter.</summary>
public abstract class RevealTests(ReportApplication app)
{
    private const string Name = "郑小满";
    private const string Phone = "13900001111";
    private const string Why = "厂里的人找上门威胁,要派人保护。";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_form_to_the_look_and_to_the_reporters_page()
    {
        var (filed, hands) = await NamedAsync();
        var (officer, custodian) = (await app.As(Role.Officer, CaseHands.Gas, "form"), await app.As(Role.Custodian, person: "form"));
        using var asking = app.BrowserOf(officer);
        using var deciding = app.BrowserOf(custodian);
        var to = $"/staff/reports/{filed.Number}";
        var bad = await (await asking.SendFormAsync(to, [("Version", $"{await hands.Version}"), ("Form.RequestReveal.Why", Why)], to + "?handler=RequestReveal")).TextAsync();
        bad.ShouldContain("请选择理由");
        bad.ShouldContain(Why);
        await AskAsync(asking, hands, filed);

        (await deciding.ReadAsync("/staff/reveals")).ShouldContain(Texts.Fives(filed.Number));
        var id = await IdAsync(filed);
        var question = await deciding.ReadAsync($"/staff/reveals/{id:N}");
        question.ShouldContain(Why);
        question.ShouldNotContain(Name);
        question.ShouldNotContain("煤气瓶");
        (await (await deciding.SendFormAsync($"/staff/reveals/{id:N}", [("Version", "0"), ("Hours", "25")], $"/staff/reveals/{id:N}?handler=Grant")).TextAsync()).ShouldContain("不能超过规定的时限");
        (await deciding.SendFormAsync($"/staff/reveals/{id:N}", [("Version", "0"), ("Hours", "24")], $"/staff/reveals/{id:N}?handler=Grant")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        (await asking.ReadAsync(to)).ShouldContain($"/staff/reveals/{id:N}/identity");
        var look = await asking.GetAsync($"/staff/reveals/{id:N}/identity", Token);
        var seen = await look.TextAsync();
        seen.ShouldContain(Name);
        seen.ShouldContain(Phone);
        look.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await deciding.GetAsync($"/staff/reveals/{id:N}/identity", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var tracked = await (await app.ReporterAsync(filed)).ReadAsync("/track/report");
        tracked.ShouldContain("申请查看，理由：保护举报人");
        tracked.ShouldContain("查看了您的身份");
        tracked.ShouldContain("保密员准许");
        tracked.ShouldNotContain(officer.Name);
        tracked.ShouldNotContain(custodian.Name);
        tracked.ShouldNotContain(Why);
        (await ActsAsync(filed)).Distinct().ShouldBe(
            [(nameof(RequestReveal), false), (nameof(ReadReveal), false), (nameof(GrantReveal), false), (nameof(LookAtIdentity), false), (nameof(LookAtIdentity), true)]);
    }

    [Fact]
    public async Task After_its_time_it_opens_nothing_and_the_key_is_destroyed()
    {
        var (filed, hands) = await NamedAsync();
        var id = await GrantedAsync(filed, hands, hours: 2);
        var officer = await hands.Officer;
        app.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await officer.Send(new LookAtIdentity(id))).Name.ShouldBe(Name);

        app.Time.Advance(TimeSpan.FromSeconds(1));

        (await Should.ThrowAsync<RuleBrokenException>(() => officer.Send(new LookAtIdentity(id)))).Code.ShouldBe("rule.RevealOver");
        (await ActsAsync(filed)).ShouldContain((nameof(LookAtIdentity), true));
        (await app.BrowserOf(officer).GetAsync($"/staff/reveals/{id:N}/identity", Token)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await app.Services.GetRequiredService<EndedReveals>().SweepAsync(Token);
        (await RequestAsync(id)).SealedKey.ShouldBeNull();
        (await (await app.ReporterAsync(filed)).ReadAsync("/track/report")).ShouldContain("时限已过");
    }

    [Fact]
    public async Task The_key_is_sealed_for_the_person_who_asked_and_nobody_else()
    {
        var (filed, hands) = await NamedAsync();
        var id = await GrantedAsync(filed, hands);
        var asked = await RequestAsync(id);
        var with = app.Services.GetRequiredService<EraseKeys>().Find((await app.ReportAsync(filed.Id)).EraseKeyId);
        List<(StaffHands Who, bool Opens)> people =
            [(await hands.Officer, true), (await hands.Reviewer, false), (await hands.Dispatcher, false), (await app.As(Role.Custodian), false), (await Recruiting.AdministratorAsync(app), false)];

        foreach (var (who, opens) in people)
        {
            var own = await app.OpenedKeyAsync(who);
            var open = () => SealedBox.Open(own, asked.SealedKey!, Places.RevealedKey(id), with);
            if (opens)
                open().Length.ShouldBe(Envelope.KeyLength);
            else
                Should.Throw<SealBrokenException>(open);
        }
    }

    [Fact]
    public async Task A_look_needs_a_fresh_second_factor_and_so_does_the_grant()
    {
        var (filed, hands) = await NamedAsync();
        var id = await GrantedAsync(filed, hands);
        var officer = await hands.Officer;
        app.Time.Advance(TimeSpan.FromMinutes(6));
        officer.StepsUp = false;
        try
        {
            await Should.ThrowAsync<StepUpNeededException>(() => officer.Send(new LookAtIdentity(id)));
            (await ActsAsync(filed)).ShouldContain((nameof(LookAtIdentity), true));
        }
        finally
        {
            officer.StepsUp = true;
        }

        typeof(GrantReveal).IsAssignableTo(typeof(INeedStepUp)).ShouldBeTrue();
    }

    [Fact]
    public async Task Refused_it_is_told_to_the_person_alone_and_nothing_opens()
    {
        var (filed, hands) = await NamedAsync();
        using var asking = app.BrowserOf(await hands.Officer);
        await AskAsync(asking, hands, filed);
        var id = await IdAsync(filed);
        using var deciding = app.BrowserOf(await app.As(Role.Custodian));

        var empty = await (await deciding.SendFormAsync($"/staff/reveals/{id:N}", [("Version", "0"), ("Answer", "")], $"/staff/reveals/{id:N}?handler=Refuse")).TextAsync();
        empty.ShouldContain("请写明理由");
        await deciding.SendFormAsync($"/staff/reveals/{id:N}", [("Version", "0"), ("Answer", "可以请举报人自己联系。")], $"/staff/reveals/{id:N}?handler=Refuse");

        (await asking.ReadAsync($"/staff/reports/{filed.Number}")).ShouldContain("可以请举报人自己联系");
        (await (await hands.Reviewer).Send(new ReadCase(filed.Number))).Reveals.ShouldHaveSingleItem().Answer.ShouldBeNull();
        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await hands.Officer).Send(new LookAtIdentity(id)))).Code.ShouldBe("rule.RevealOver");
        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await app.As(Role.Custodian)).Send(new GrantReveal(id, 1, 1)))).Code.ShouldBe("rule.RevealDecided");
        (await (await app.ReporterAsync(filed)).ReadAsync("/track/report")).ShouldContain("没有准许");
    }

    [Fact]
    public async Task Nobody_decides_on_their_own_request_and_only_custodians_decide()
    {
        var (filed, hands) = await NamedAsync();
        var both = await Recruiting.JoinAsync(app, $"both{filed.Number}", CaseHands.Gas, [Role.Officer, Role.Custodian]);
        await both.Send(new RequestReveal(filed.Id, await hands.Version, RevealReason.Testimony, Why));
        var id = await IdAsync(filed);

        (await Should.ThrowAsync<RuleBrokenException>(() => both.Send(new GrantReveal(id, 0, 1)))).Code.ShouldBe("rule.OwnReveal");
        foreach (var role in Enum.GetValues<Role>().Except([Role.Custodian]))
        {
            var person = await app.As(role, CaseHands.Gas, "reveal");
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new GrantReveal(id, 0, 1)));
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new RefuseReveal(id, 0, "x")));
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new ReadReveal(id)));
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new ListReveals()));
            await Should.ThrowAsync<NotPermittedException>(() => person.Send(new LookAtIdentity(id)));
        }
    }

    [Fact]
    public async Task A_custodian_with_ties_neither_sees_nor_decides()
    {
        var (filed, hands) = await NamedAsync();
        await (await hands.Officer).Send(new RequestReveal(filed.Id, await hands.Version, RevealReason.Testimony, Why));
        var id = await IdAsync(filed);
        var kin = await app.As(Role.Custodian, person: "kin");
        var version = await hands.Version;
        await (await hands.Dispatcher).Send(filed.Id, o => new BlockOfficer(o, version, kin.Id, "亲属。"));

        (await kin.Send(new ListReveals())).ShouldNotContain(l => l.Id == id);
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new ReadReveal(id)));
        await Should.ThrowAsync<NotPermittedException>(() => kin.Send(new GrantReveal(id, 0, 1)));
        (await app.As(Role.Custodian)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_leaves_or_is_kept_out_looks_no_more_and_their_key_is_gone()
    {
        var (filed, hands) = await NamedAsync();
        var first = await GrantedAsync(filed, hands);
        var leaving = await app.As(Role.Officer, CaseHands.Gas, "leaving");
        await leaving.Send(new RequestReveal(filed.Id, await hands.Version, RevealReason.Testimony, Why));
        var second = await app.Read(db => db.RevealRequests.Where(r => r.RequestedBy == leaving.Id).Select(r => r.Id).SingleAsync(Token));
        await (await app.As(Role.Custodian)).Send(new GrantReveal(second, 0, 24));

        var (version, kin) = (await hands.Version, await hands.Officer);
        await (await hands.Dispatcher).Send(filed.Id, o => new BlockOfficer(o, version, kin.Id, "亲属。"));
        await (await Recruiting.AdministratorAsync(app)).Send(new DeactivateStaff(leaving.Id));

        await Should.ThrowAsync<NotPermittedException>(async () => await (await hands.Officer).Send(new LookAtIdentity(first)));
        (await RequestAsync(first)).SealedKey.ShouldBeNull();
        (await RequestAsync(second)).SealedKey.ShouldBeNull();
    }

    [Fact]
    public async Task An_anonymous_reporter_has_no_identity_to_ask_for()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();

        (await (await hands.Officer).Send(new ReadCase(filed.Number))).May(ReportAction.RequestReveal).ShouldBeFalse();
        (await Should.ThrowAsync<RuleBrokenException>(async () => await (await hands.Officer).Send(new RequestReveal(filed.Id, await hands.Version, RevealReason.Testimony, Why))))
            .Code.ShouldBe("rule.ReporterAnonymous");
    }

    [Fact]
    public async Task One_byte_altered_in_what_is_sealed_breaks_its_seal()
    {
        var (filed, hands) = await NamedAsync();
        var id = await GrantedAsync(filed, hands);
        var (officer, custodian) = (await hands.Officer, await app.As(Role.Custodian));
        List<(string Table, string Column, Func<Task> Read)> columns =
        [
            ("RevealRequests", "SealedKey", () => officer.Send(new LookAtIdentity(id))),
            ("RevealRequests", "SealedWhy", () => custodian.Send(new ReadReveal(id))),
            ("Reports", "SealedIdentity", () => officer.Send(new LookAtIdentity(id))),
        ];
        foreach (var (table, column, read) in columns)
        {
            foreach (var at in new[] { (Index)0, 2, 40, ^1 })
            {
                var before = await app.ValuesAsync(table, column);
                foreach (var value in before)
                    await app.ReplaceAsync(table, column, value, SealedColumns.Flipped(value, at.GetOffset(value.Length)));
                await Should.ThrowAsync<SealBrokenException>(read, $"{table}.{column} at {at}");
                foreach (var value in before)
                    await app.ReplaceAsync(table, column, SealedColumns.Flipped(value, at.GetOffset(value.Length)), value);
            }

            await read();
        }
    }

    [Fact]
    public async Task A_copy_of_what_was_handed_over_opens_no_more_once_the_report_is_erased()
    {
        var (filed, hands) = await NamedAsync();
        var id = await GrantedAsync(filed, hands);
        var copy = await app.Read(db => db.RevealRequests.AsNoTracking().SingleAsync(r => r.Id == id, Token));
        var (own, keys) = (await app.OpenedKeyAsync(await hands.Officer), app.Services.GetRequiredService<EraseKeys>());
        var erase = (await app.ReportAsync(filed.Id)).EraseKeyId;
        SealedBox.TryOpen(own, copy.SealedKey!, Places.RevealedKey(id), keys.Find(erase)).ShouldNotBeNull("the attempt itself must work");
        SealedBox.TryOpen(own, copy.SealedKey!, Places.RevealedKey(id)).ShouldBeNull();

        keys.Destroy(erase);

        await Should.ThrowAsync<NotFoundException>(async () => await (await hands.Officer).Send(new LookAtIdentity(id)));
    }

    private async Task<(Filed Filed, CaseHands Hands)> NamedAsync()
    {
        var (filed, hands) = await app.NewCaseAsync(c =>
        {
            c.Answers.Anonymity = Anonymity.Named;
            c.Identity = new ReporterIdentity { Name = Name, Phone = Phone };
        });
        await hands.VerifyingAsync();
        return (filed, hands);
    }

    private async Task<Guid> GrantedAsync(Filed filed, CaseHands hands, int hours = 24)
    {
        await (await hands.Officer).Send(new RequestReveal(filed.Id, await hands.Version, RevealReason.ProtectReporter, Why));
        var id = await IdAsync(filed);
        await (await app.As(Role.Custodian)).Send(new GrantReveal(id, 0, hours));
        return id;
    }

    private static async Task AskAsync(HttpClient browser, CaseHands hands, Filed filed)
    {
        var to = $"/staff/reports/{filed.Number}";
        var answer = await browser.SendFormAsync(
            to, [("Version", $"{await hands.Version}"), ("Form.RequestReveal.Reason", "ProtectReporter"), ("Form.RequestReveal.Why", Why)], to + "?handler=RequestReveal");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private Task<Guid> IdAsync(Filed filed) => app.Read(db => db.RevealRequests.Where(r => r.ReportId == filed.Id).Select(r => r.Id).SingleAsync(Token));

    private Task<RevealRequest> RequestAsync(Guid id) => app.Read(db => db.RevealRequests.AsNoTracking().SingleAsync(r => r.Id == id, Token));

    private async Task<List<(string, bool)>> ActsAsync(Filed filed)
    {
        string[] acts = [nameof(RequestReveal), nameof(ReadReveal), nameof(GrantReveal), nameof(RefuseReveal), nameof(LookAtIdentity)];
        var rows = await app.Read(db => db.Audit.Where(a => a.ReportId == filed.Id && acts.Contains(a.Act)).OrderBy(a => a.Id).Select(a => new { a.Act, a.Refused }).ToListAsync(Token));
        return rows.ConvertAll(r => (r.Act, r.Refused));
    }
}

public sealed class RevealOnSqliteTests(SqliteApplication app) : RevealTests(app), IClassFixture<SqliteApplication>;

public sealed class RevealOnPostgresTests(PostgresApplication app) : RevealTests(app), IClassFixture<PostgresApplication>;
