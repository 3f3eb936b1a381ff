using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Report12350.Domain;
using Report12350.Domain.Access;
using Report12350.Domain.Evidence;
using Report12350.Domain.Reports;
using Report12350.Evidence;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Rectification;
using Report12350.Tests.Hosting;
using Report12350.Tracking;

namespace Report12350.Tests.Rectification;

public abstract class CloseOutTests(ReportApplication app)
{
    [Fact]
    public async Task A_hazard_goes_all_the_way_from_filing_to_close_out()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.ClosedOutAsync();

        var view = await (await hands.Officer).Send(new ReadCase(filed.Number));
        view.Report.State.ShouldBe(ReportState.ClosedOut);
        view.Items.Count.ShouldBe(2);
        view.Items.ShouldAllBe(i => i.Outcome == "已拆除。" && i.CompletedOn != null && i.Content.Measure == "拆除楼梯间气瓶");
        view.Files.Select(f => f.Purpose).Distinct().ShouldBe([EvidencePurpose.Before, EvidencePurpose.After, EvidencePurpose.CloseOut], ignoreOrder: true);
        view.Files.ShouldAllBe(f => f.Description.MediaType == "image/png");
    }

    [Fact]
    public async Task Who_verified_it_may_not_review_it()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        var version = await hands.Version;

        (await Should.ThrowAsync<RuleBrokenException>((await hands.Officer).Send(filed.Id, o => new PassCloseOut(o, version, "好", [CaseHands.Photo()]))))
            .Code.ShouldBe("rule.VerifierMayNotReview");
    }

    [Fact]
    public async Task A_review_without_a_photograph_or_with_something_else_is_refused_and_leaves_nothing()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        var version = await hands.Version;
        var reviewer = await hands.Reviewer;

        (await Should.ThrowAsync<RuleBrokenException>(reviewer.Send(filed.Id, o => new PassCloseOut(o, version, "好", [])))).Code.ShouldBe("rule.CloseOutNeedsPhotographs");
        var text = new SentFile("说明.txt", new MemoryStream("文字"u8.ToArray()));
        (await Should.ThrowAsync<RuleBrokenException>(reviewer.Send(filed.Id, o => new PassCloseOut(o, version, "好", [text])))).Code.ShouldBe("rule.PhotographsOnly");
        (await app.ReportAsync(filed.Id)).State.ShouldBe(ReportState.InCloseOutReview);
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.ReportId == filed.Id && f.Purpose == EvidencePurpose.CloseOut))).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_review_adds_a_measure_and_goes_back()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.InCloseOutReviewAsync();
        var version = await hands.Version;
        await (await hands.Reviewer).Send(filed.Id, o => new FailCloseOut(o, version, "报警器没装", CaseHands.Measure(app, 15)));

        var report = await app.ReportAsync(filed.Id);
        report.State.ShouldBe(ReportState.Rectifying);
        report.RectificationItems.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_item_is_extended_by_the_lead_alone()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.RectifyingAsync();
        var item = (await app.ReportAsync(filed.Id)).RectificationItems[0];
        var version = await hands.Version;
        await Should.ThrowAsync<NotPermittedException>((await hands.Officer).Send(filed.Id, o => new ExtendRectificationItem(o, version, item.Id, item.DueOn.AddDays(5), "缺材料")));
        await (await hands.Lead).Send(filed.Id, o => new ExtendRectificationItem(o, version, item.Id, item.DueOn.AddDays(5), "缺材料"));

        (await app.ReportAsync(filed.Id)).RectificationItems.Single(i => i.Id == item.Id).DueOn.ShouldBe(item.DueOn.AddDays(5));
    }

    [Fact]
    public async Task Evidence_of_staff_is_read_by_those_concerned_and_by_nobody_else()
    {
        var (filed, hands) = await app.NewCaseAsync();
        await hands.VerifyingAsync();
        var version = await hands.Version;
        var officer = await hands.Officer;
        await officer.Send(filed.Id, o => new AddStaffEvidence(o, version, EvidencePurpose.Verification, [CaseHands.Photo()]));
        var file = (await officer.Send(new ReadCase(filed.Number))).Files.ShouldHaveSingleItem();

        using var read = new MemoryStream();
        var opened = await officer.Send(new ReadEvidence(file.Id));
        await using (opened.Content)
            await opened.Content.CopyToAsync(read);
        Convert.ToHexStringLower(SHA256.HashData(read.ToArray())).ShouldBe(file.Description.Copy!.Sha256);
        await Should.ThrowAsync<NotPermittedException>((await app.As(Role.Officer, "jyj")).Send(new ReadEvidence(file.Id)));
        (await app.Read(db => db.Audit.CountAsync(e => e.ReportId == filed.Id && e.Act == "ReadEvidence" && e.StaffId == officer.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task Merging_moves_the_matter_with_everything_merged_before()
    {
        var (first, _) = await app.NewCaseAsync();
        var (second, _) = await app.NewCaseAsync();
        var (third, _) = await app.NewCaseAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        await dispatcher.Send(new MergeReport(second.Id, await app.VersionAsync(second.Id), first.Number));
        await dispatcher.Send(new MergeReport(first.Id, await app.VersionAsync(first.Id), third.Number));

        (await app.ReportAsync(second.Id)).MatterId.ShouldBe(third.Id.Value);
        (await app.Read(db => db.RewardClaims.CountAsync(c => c.MatterId == third.Id.Value))).ShouldBe(3);
        var version = await app.VersionAsync(third.Id);
        (await Should.ThrowAsync<RuleBrokenException>(dispatcher.Send(new MergeReport(third.Id, version, second.Number)))).Code.ShouldBe("rule.MergeTargetMerged");
        (await Should.ThrowAsync<RuleBrokenException>(dispatcher.Send(new MergeReport(third.Id, version, "20990000000")))).Code.ShouldBe("rule.NoSuchReport");
        (await dispatcher.Send(new ReadCase(third.Number))).SameMatter.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_reports_merged_into_each_other_at_once_end_in_one_matter()
    {
        var (first, _) = await app.NewCaseAsync();
        var (second, _) = await app.NewCaseAsync();
        var dispatcher = await app.As(Role.Dispatcher);
        var (a, b) = (await app.VersionAsync(first.Id), await app.VersionAsync(second.Id));

        await Task.WhenAll(Merge(first, a, second), Merge(second, b, first));

        var states = new[] { (await app.ReportAsync(first.Id)).State, (await app.ReportAsync(second.Id)).State };
        states.Count(s => s is ReportState.Merged).ShouldBe(1);

        async Task Merge(Filed from, int version, Filed into)
        {
            try
            {
                await dispatcher.Send(new MergeReport(from.Id, version, into.Number));
            }
            catch (Exception refused) when (refused is StaleException or RuleBrokenException || refused.InnerException is not null)
            {
                // The other one was first.
            }
        }
    }
}

public sealed class CloseOutOnSqliteTests(SqliteApplication app) : CloseOutTests(app), IClassFixture<SqliteApplication>;

public sealed class CloseOutOnPostgresTests(PostgresApplication app) : CloseOutTests(app), IClassFixture<PostgresApplication>;
