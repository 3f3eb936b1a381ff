using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Report12350.Conflicts;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Redaction;
using Report12350.Tests.Hosting;
using Report12350.Tests.Retention;
using Report12350.Tests.Staff;
using Report12350.Tracking;

namespace Report12350.Tests.Redaction;

/// <summary>What was masked is not in what others get: not in the committee's page, not in a picture's pixels, not in the file for another body.</summary>
public abstract class MasksTests(ReportApplication app)
{
    private const string Body = "海丰县人民检察院";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_committee_gets_nothing_before_a_second_person_confirmed_and_nothing_that_was_masked_after()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, lead, committee) = (await masked.Hands.Officer, await masked.Hands.Lead, await app.As(Role.CommitteeMember));
        (await EverythingAsync(masked, committee)).ShouldNotContain(MaskedCase.Shown);
        await masked.MaskAsync(officer);
        (await EverythingAsync(masked, committee)).ShouldNotContain(MaskedCase.Shown, Case.Sensitive, "not confirmed yet");

        await masked.FixAsync(lead);

        var seen = await EverythingAsync(masked, committee);
        seen.ShouldContain(MaskedCase.Shown);
        seen.ShouldContain("█████");
        seen.ShouldContain("（已遮盖）");
        using var browser = app.BrowserOf(committee);
        var picture = await browser.GetByteArrayAsync($"{masked.RewardPage}/masked/1", Token);
        MaskedCase.Reds(picture).ShouldBe(0);
        (await browser.GetAsync($"{masked.RewardPage}/masked/2", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await masked.AuditedAsync("ReadMaskedCopy", committee)).ShouldBe(1);
        (await masked.AuditedAsync(nameof(ReadMaskedPicture), committee)).ShouldBe(2);
        (await (await app.As(Role.RewardOfficer)).Send(new Report12350.Rewards.ReadReward(masked.Filed.Number))).Masked.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rectangle_in_numbers_is_added_seen_and_kept_and_a_wrong_number_is_told_beside_its_field()
    {
        var masked = await MaskedCase.OfAsync(app);
        var officer = await masked.Hands.Officer;
        var page = $"{masked.Page}/{await masked.PictureAsync()}";
        using var browser = app.BrowserOf(officer);
        async Task<string> SendAsync(string left, string width, string handler = "Add", params (string, string)[] more) => WebUtility.HtmlDecode(await (await browser.SendFormAsync(
            page, [("Version", $"{await masked.Hands.Version}"), ("Shown", "true"), ("Left", left), ("Top", "0"), ("Width", width), ("Height", "100"), .. more], $"{page}?handler={handler}")).TextAsync());

        foreach (var (left, width) in new[] { ("左", "50"), ("60", "50"), ("101", "0"), ("0", "0"), ("0", "") })
            (await SendAsync(left, width)).ShouldContain("请填 0 到 100 的整数");
        (await SendAsync("左", "50")).ShouldContain("value=\"左\"", Case.Sensitive, "what was typed stays");
        (await SendAsync("0", "50")).ShouldContain("区域 1：左起 0%，上起 0%，宽 50%，高 100%");
        (await SendAsync("50", "20%", "Add", ("Regions", "0,0,500,1000"))).ShouldContain("区域 2：左起 50%");

        await SendAsync("0", "50", "");
        using var seen = app.BrowserOf(officer);
        MaskedCase.Reds(await seen.GetByteArrayAsync($"{page}?handler=Drawn", Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_drawn_is_not_offered_and_the_others_are_confirmed()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, drawn) = (await masked.Hands.Officer, await masked.PictureAsync());
        var version = await masked.Hands.Version;
        await officer.Send(masked.Filed.Id, opened => new Report12350.Evidence.AddStaffEvidence(opened, version, Report12350.Domain.Evidence.EvidencePurpose.Verification,
            [new Report12350.Evidence.SentFile("坏了.png", new MemoryStream([0x89, .. "PNG\r\n\u001a\nbroken"u8]))]));
        var broken = await app.Read(db => db.EvidenceFiles.Where(f => f.ReportId == masked.Filed.Id && f.Id != drawn).Select(f => f.Id).SingleAsync());
        using var browser = app.BrowserOf(officer);
        var page = await browser.ReadAsync(masked.Page);
        (page.Contains($"{drawn}", StringComparison.Ordinal), page.Contains($"{broken}", StringComparison.Ordinal)).ShouldBe((true, false));

        await masked.SendAsync(officer, "Mask", ("ShownTexts", "narrative"), ("ShownPictures", $"{drawn}"), ("ShownPictures", $"{broken}"));
        await masked.FixAsync(await masked.Hands.Lead);
        (await app.Read(db => db.MaskedPictures.CountAsync(p => p.ReportId == masked.Filed.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_masked_does_not_confirm_not_even_with_anothers_mask_in_between()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, lead) = (await masked.Hands.Officer, await masked.Hands.Lead);
        await masked.MaskAsync(officer);
        await masked.MaskAsync(lead);

        foreach (var one in new[] { officer, lead })
        {
            (await (await masked.SendAsync(one, "FixMasks")).TextAsync()).ShouldContain(WebUtility.HtmlEncode("要由另一个人确认"));
            (await masked.AuditedAsync(nameof(FixMasks), one, refused: true)).ShouldBe(1);
        }

        (await app.Read(db => db.ReportKeys.AnyAsync(k => k.ReportId == masked.Filed.Id && k.Purpose == Report12350.Confidentiality.KeyPurpose.Masked))).ShouldBeFalse();
        await masked.FixAsync(await masked.Hands.Reviewer);
    }

    [Fact]
    public async Task Masks_are_taken_back_until_they_are_confirmed_and_never_after_though_more_can_be_masked()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, committee) = (await masked.Hands.Officer, await app.As(Role.CommitteeMember));
        await masked.MaskAsync(officer);
        (await officer.Send(new ReadCase(masked.Filed.Number))).Answers.Narrative.ShouldBe(MaskedCase.Narrative);
        await masked.SendAsync(officer, "Mask", ("ShownTexts", "narrative"), ("Words", MaskedCase.Witness));
        await masked.FixAsync(await masked.Hands.Lead);
        (await EverythingAsync(masked, committee, leaks: MaskedCase.Witness)).ShouldContain(MaskedCase.Sentence, Case.Sensitive, "its mask was taken back");

        // The form without a single mask, and without the picture.
        MaskedCase.WentOn(await masked.SendAsync(officer, "Mask", ("ShownTexts", "narrative"), ("ShownTexts", "unit"), ("Words", MaskedCase.Shown)));
        (await EverythingAsync(masked, committee)).ShouldNotContain(MaskedCase.Sentence, Case.Sensitive, "the copy is withdrawn at once");
        (await app.Read(db => db.MaskedPictures.AnyAsync(p => p.ReportId == masked.Filed.Id))).ShouldBeFalse();
        await masked.FixAsync(await masked.Hands.Lead);

        var seen = await EverythingAsync(masked, committee, leaks: MaskedCase.Witness);
        seen.ShouldContain(MaskedCase.Unit);
        seen.ShouldNotContain(MaskedCase.Shown);
        var view = await officer.Send(new ReadMasks(masked.Filed.Number));
        view.Masks.Of("narrative").Ranges.ShouldAllBe(r => r.Fixed);
        view.Masks.Of(await masked.PictureAsync()).Regions.Count(r => r.Fixed).ShouldBe(40);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_not_confirmed_unseen_and_what_was_typed_is_still_there()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, lead) = (await masked.Hands.Officer, await masked.Hands.Lead);
        await masked.MaskAsync(officer);
        var seen = await masked.Hands.Version;
        await masked.SendAsync(officer, "Mask", ("ShownTexts", "narrative"), ("ShownTexts", "unit"));
        using var browser = app.BrowserOf(lead);

        var fix = await browser.SendFormAsync(masked.Page, [("Version", $"{seen}")], $"{masked.Page}?handler=FixMasks");
        (await fix.TextAsync()).ShouldContain(WebUtility.HtmlEncode("刚才有人办理或遮盖过"));
        (await app.Read(db => db.MaskSheets.AnyAsync(s => s.ReportId == masked.Filed.Id && s.FixedAt != null))).ShouldBeFalse();

        var typed = await (await browser.SendFormAsync(masked.Page, [("Version", $"{seen}"), ("ShownTexts", "place"), ("Ranges", "place:0+2"), ("Words", "人民路")], $"{masked.Page}?handler=Mask")).TextAsync();
        typed.ShouldContain(WebUtility.HtmlEncode("人民路\n").Trim());
        typed.ShouldContain("value=\"place:0&#x2B;2\" checked");
        var missing = await (await masked.SendAsync(lead, "Mask", ("ShownTexts", "place"), ("Words", "没有这个词"))).TextAsync();
        missing.ShouldContain(WebUtility.HtmlEncode("没有找到：没有这个词"));
    }

    [Fact]
    public async Task Another_body_gets_one_page_without_what_was_masked_and_that_is_on_record_longer_than_the_report()
    {
        var masked = await MaskedCase.OfAsync(app);
        var (officer, lead) = (await masked.Hands.Officer, await masked.Hands.Lead);
        await masked.MaskAsync(officer);
        (await (await masked.SendAsync(lead, "ShareMasked", ("Recipient", Body))).TextAsync()).ShouldContain(WebUtility.HtmlEncode("遮盖还没有确认"));
        await masked.FixAsync(lead);
        (await (await masked.SendAsync(lead, "ShareMasked", ("Recipient", " "))).TextAsync()).ShouldContain(WebUtility.HtmlEncode("请写明提供给哪个机关"));

        var answer = await masked.SendAsync(lead, "ShareMasked", ("Recipient", $"{Body}<script>"));
        var file = await answer.TextAsync();
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        file.ShouldContain(MaskedCase.Shown);
        file.ShouldContain($"{Body}&lt;script&gt;");
        file.ShouldNotContain(MaskedCase.Witness);
        file.ShouldNotContain(MaskedCase.Sentence);
        file.ShouldNotContain("src=\"http");
        var picture = Convert.FromBase64String(file.Split("base64,")[1].Split('"')[0]);
        MaskedCase.Reds(picture).ShouldBe(0);

        var record = await app.Read(db => db.SharingRecords.SingleAsync(s => s.ReportId == masked.Filed.Id));
        (record.Number, record.Recipient, record.SharedBy, record.Role).ShouldBe((masked.Filed.Number, $"{Body}<script>", lead.Id, Role.DepartmentLead));
        file.ShouldContain($"{record.Id:N}");
        (await masked.AuditedAsync(nameof(ShareMasked), lead)).ShouldBe(1);
        (await app.ReportAsync(masked.Filed.Id)).Timeline.Single(e => e.Act == nameof(ReportAction.ShareMasked)).ForReporter.ShouldBeFalse();

        await app.Read(db => db.Reports.Where(r => r.Id == masked.Filed.Id).ExecuteDeleteAsync(Token));
        (await app.Read(db => db.MaskSheets.CountAsync(s => s.ReportId == masked.Filed.Id) )).ShouldBe(0);
        (await app.Read(db => db.MaskedPictures.CountAsync(p => p.ReportId == masked.Filed.Id))).ShouldBe(0);
        await app.RunRetentionAsync();
        (await app.Read(db => db.SharingRecords.CountAsync(s => s.Id == record.Id))).ShouldBe(1);
        var then = app.Time.GetUtcNow().AddYears(-3).AddDays(-1);
        await app.Read(db => db.SharingRecords.Where(s => s.Id == record.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.SharedAt, then)));
        await app.RunRetentionAsync();
        (await app.Read(db => db.SharingRecords.CountAsync(s => s.Id == record.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_may_not_mask_is_refused_the_page_and_every_picture_and_is_in_the_audit()
    {
        var masked = await MaskedCase.OfAsync(app);
        await masked.MaskAsync(await masked.Hands.Officer);
        await masked.FixAsync(await masked.Hands.Lead);
        var preview = $"{masked.Page}/{await masked.PictureAsync()}";
        foreach (var role in Enum.GetValues<Role>().Except([Role.Dispatcher]))
        {
            var person = await app.As(role, "scjgj", "masking");
            using var browser = app.BrowserOf(person);
            foreach (var path in new[] { masked.Page, preview, $"{preview}?handler=Drawn" })
                (await browser.GetAsync(path, Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role} {path}");
            (await masked.AuditedAsync("OpenReport", person, refused: true)).ShouldBe(3, $"{role}");
            if (role is Role.RewardOfficer or Role.CommitteeMember)
                continue;
            (await browser.GetAsync($"{masked.RewardPage}/masked/1", Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{role}");
            (await masked.AuditedAsync(nameof(ReadMaskedPicture), person, refused: true)).ShouldBe(1, $"{role}");
        }
    }

    [Fact]
    public async Task A_member_who_is_kept_out_of_the_matter_sees_neither_copy_nor_picture()
    {
        var masked = await MaskedCase.OfAsync(app);
        await masked.MaskAsync(await masked.Hands.Officer);
        await masked.FixAsync(await masked.Hands.Lead);
        var kin = await app.As(Role.CommitteeMember, person: "kin");
        var version = await masked.Hands.Version;
        await (await masked.Hands.Dispatcher).Send(masked.Filed.Id, o => new BlockOfficer(o, version, kin.Id, "亲属。"));
        using var browser = app.BrowserOf(kin);

        foreach (var path in new[] { masked.RewardPage, $"{masked.RewardPage}/masked/1" })
            (await browser.GetAsync(path, Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    /// <summary>All a member of the committee can be sent of this report: their page, the files they might guess, the lists.</summary>
    private async Task<string> EverythingAsync(MaskedCase masked, StaffHands committee, params string[] leaks)
    {
        using var browser = app.BrowserOf(committee);
        var file = await masked.PictureAsync();
        string[] paths = ["/staff/rewards", masked.RewardPage, $"{masked.RewardPage}/masked/1", masked.Page, $"{masked.Page}/{file}?handler=Drawn", $"/staff/reports/{masked.Filed.Number}", $"/files/{file}", $"/files/{file}/picture", $"/files/{file}/play"];
        var all = new StringBuilder();
        foreach (var path in paths)
        {
            using var answer = await browser.GetAsync(path, Token);
            all.AppendLine(WebUtility.HtmlDecode(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token))));
        }

        var seen = all.ToString();
        foreach (var secret in leaks.Length > 0 ? leaks : [MaskedCase.Witness, MaskedCase.Sentence, MaskedCase.Sentence[..4], MaskedCase.Unit, MaskedCase.FileName])
            seen.ShouldNotContain(secret);
        return seen;
    }
}

public sealed class MasksOnSqliteTests(SqliteApplication app) : MasksTests(app), IClassFixture<SqliteApplication>;

public sealed class MasksOnPostgresTests(PostgresApplication app) : MasksTests(app), IClassFixture<PostgresApplication>;
