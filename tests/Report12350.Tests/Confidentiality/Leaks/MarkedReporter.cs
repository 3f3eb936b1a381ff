using System.Text;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Hosting;
using Report12350.Tests.Web;

namespace Report12350.Tests.Confidentiality.Leaks;

/// <summary>A reporter at the public pages, with a mark in every field there is.</summary>
internal sealed class MarkedReporter(ReportApplication app, Marks marks, string who) : IDisposable
{
    private readonly FilingBrowser browser = new(app);
    private readonly MarkedUploads uploads = new(app, marks, who);
    private Coming? begunBefore;
    private string trackCookie = "";

    public string Number { get; private set; } = "";

    public string Receipt { get; private set; } = "";

    public string Narrative { get; } = marks.Text($"{who}-narrative");

    public string Witnesses { get; } = marks.Text($"{who}-witnesses");

    public string ClaimCode { get; } = marks.Text($"{who}-claimcode");

    public HttpClient Client => browser.Client;

    public Task<ReportId> IdAsync() => app.Read(db => Task.FromResult(db.Reports.Single(r => r.Number == Number).Id));

    /// <summary>Answers the questions up to this page.</summary>
    public async Task FillInAsync(MatterKind kind, string until = "/report/check")
    {
        Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Visitor.Agent);
        await browser.OpenAsync("/report");
        var answers = Answers(kind);
        while (browser.Path != until)
        {
            var here = browser.Path;
            if (here == "/report/evidence")
                await browser.UploadAsync("next", Files($"{who}-sent"));
            else
                await browser.SendAsync(answers.GetValueOrDefault(here, []));
            browser.Path.ShouldNotBe(here, browser.Text);
        }

        await KeepKeysAsync();
    }

    public async Task FileAsync(MatterKind kind, bool saved)
    {
        await FillInAsync(kind);
        begunBefore = await uploads.BeginAsync(uploads.WithDraft(browser.DraftCookie!), "begunbefore");
        await browser.SendAsync(("TruthPledged", "true"));
        browser.Path.ShouldBe("/report/done", browser.Text);
        (Number, Receipt) = (FilingWalk.NumberOf(browser).Replace(" ", "", StringComparison.Ordinal), FilingWalk.ReceiptOf(browser));
        marks.Add($"{who} receipt", Receipt);
        marks.Add($"{who} receipt in fives", Visitor.InFives(Receipt));
        if (saved)
            await browser.SendAsync(("Saved", "true"));
    }

    /// <summary>Tells the automatic service what happened, and something it does not understand.</summary>
    public async Task TalkAsync()
    {
        await browser.OpenAsync("/chat");
        foreach (var said in new[] { "1", Text("chat"), Text("chatnoise") })
            await browser.SendAsync(("Text", said));
        browser.Text.ShouldContain("没听懂");
        marks.Add($"{who} chat cookie", browser.ChatCookie!);
        marks.Add($"{who} chat key", ConversationPass.Parse(browser.ChatCookie).ShouldNotBeNull().Key);
        await KeepKeysAsync();
    }

    /// <summary>Follows the report in a conversation: a wrong receipt, the right one in every way it may be typed, a message, and what officers answered.</summary>
    public async Task FollowInChatAsync()
    {
        await browser.OpenAsync("/chat");
        var wrong = Report12350.Confidentiality.Receipt.Generate().Digits;
        marks.Add($"{who} wrong receipt in chat", wrong);
        foreach (var said in new[] { "查进度", wrong, Visitor.InFives(Receipt), "留言", Text("chatmessage"), "返回", Receipt, "看留言" })
            await browser.SendAsync(("Text", said));
        browser.Text.ShouldContain("留言已加密保存");
        marks.Add($"{who} following chat cookie", browser.ChatCookie!);
        marks.Add($"{who} following chat key", ConversationPass.Parse(browser.ChatCookie).ShouldNotBeNull().Key);
    }

    public async Task ObjectInChatAsync()
    {
        await browser.OpenAsync("/chat");
        foreach (var said in new[] { Receipt, "异议", Text("chatobjection") })
            await browser.SendAsync(("Text", said));
        browser.Text.ShouldContain("异议已提交");
    }

    /// <summary>Types the receipt as printed, after one that nobody was given.</summary>
    public async Task SignInAsync()
    {
        var wrong = Report12350.Confidentiality.Receipt.Generate().Digits;
        marks.Add($"{who} wrong receipt", wrong);
        await Client.SendFormAsync("/track", [("Receipt", wrong)]);
        var answer = await Client.SendFormAsync("/track", [("Receipt", Visitor.InFives(Receipt))]);
        marks.Add($"{who} track cookie", trackCookie = answer.CookieIn("__Host-track").ShouldNotBeNull().Split('=', 2)[1]);
        await Client.ReadAsync("/track/report");
    }

    /// <summary>The report is erased; the receipt still tells so.</summary>
    public async Task TypeReceiptOfErasedAsync() =>
        (await (await Client.SendFormAsync("/track", [("Receipt", Visitor.InFives(Receipt))])).TextAsync()).ShouldContain("这件举报已经删除");

    public Task WriteAsync() => SendAsync("/track/report", "/track/report?handler=Message", ("Text", marks.Text($"{who}-message")));

    public Task WithdrawAsync() => SendAsync("/track/withdraw", "/track/withdraw", ("Sure", "true"));

    public async Task AddFilesAsync()
    {
        using var form = new MultipartFormDataContent { { new StringContent(Pages.TokenIn(await Client.ReadAsync("/track/evidence"))), "form-token" } };
        foreach (var (name, content) in Files($"{who}-added"))
            form.Add(content, "Files", name);
        Visitor.WentOn(await Client.PostAsync("/track/evidence", form, TestContext.Current.CancellationToken));
    }

    /// <summary>Bit by bit with the draft: one file whole, one left in the middle, one altered on the way, one given up.</summary>
    public async Task SendBitByBitAsync()
    {
        var client = uploads.WithDraft(browser.DraftCookie!);
        await MarkedUploads.FinishAsync(client, await uploads.BeginAsync(client, "whole"));
        await uploads.BeginAsync(client, "left");
        await MarkedUploads.SendAlteredAsync(client, await uploads.BeginAsync(client, "altered"));
        await MarkedUploads.GiveUpAsync(client, await uploads.BeginAsync(client, "givenup"));
    }

    /// <summary>With the receipt: what was on its way when the report was filed is finished; one more is sent, and one left in the middle.</summary>
    public async Task AddBitByBitAsync()
    {
        var client = uploads.WithReceipt(trackCookie);
        await MarkedUploads.FinishAsync(client, begunBefore!);
        await MarkedUploads.FinishAsync(client, await uploads.BeginAsync(client, "addedwhole"));
        await uploads.BeginAsync(client, "addedleft");
    }

    /// <summary>Number and code, wrong once, then where the money goes.</summary>
    public async Task ClaimAsync()
    {
        await Client.SendFormAsync("/claim", [("Number", Number), ("Code", marks.Text($"{who}-wrongcode"))]);
        var answer = await Client.SendFormAsync("/claim", [("Number", Number), ("Code", ClaimCode)]);
        marks.Add($"{who} claim cookie", answer.CookieIn("__Host-claim").ShouldNotBeNull().Split('=', 2)[1]);
        await SendAsync("/claim/collect", "/claim/collect",
            ("Way", "Bank"), ("Payee.Name", marks.Text($"{who}-payee")), ("Payee.Bank", marks.Text($"{who}-bank")), ("Payee.Account", marks.Digits($"{who}-account", 19, "6217")));
    }

    public void Dispose() => browser.Dispose();

    private async Task SendAsync(string page, string to, params (string, string)[] fields) => Visitor.WentOn(await Client.SendFormAsync(page, fields, to));

    private (string Name, HttpContent Content)[] Files(string name) =>
    [
        ($"{marks.Text($"{name}-textname")}.txt", new StringContent(string.Concat(Enumerable.Repeat(marks.Text($"{name}-text") + "\n", 4000)))),
        ($"{marks.Text($"{name}-imagename")}.png", new ByteArrayContent([.. CaseHands.Photograph, .. Encoding.UTF8.GetBytes(marks.Text($"{name}-image"))])),
    ];

    private Dictionary<string, (string, string)[]> Answers(MatterKind kind) => new()
    {
        ["/report/kind"] = [("Kind", kind.ToString())],
        ["/report/sector"] = [("Sector", "gongmao")],
        ["/report/where"] = [("Town", "gongping"), ("Place", Text("place"))],
        ["/report/unit"] = [("Unit", Text("unit")), ("UnitCreditCode", marks.Code($"{who}-creditcode", 18))],
        ["/report/before"] = [("Before", "lost")],
        ["/report/what"] =
        [
            ("Narrative", Narrative), ("SectorAnswers[workers]", Text("workers")), ("SectorAnswers[dormitory]", "True"),
            ("Witnesses", Witnesses), ("ReportedElsewhere", Text("elsewhere")),
        ],
        ["/report/criteria"] = [("Criteria", "none")],
        ["/report/when"] =
            kind is MatterKind.ConcealedAccident
                ? [("When", Text("when")), ("StillGoingOn", "True"), ("Urgent", "False"), ("Deaths", "1"), ("DeathsWhen", Text("deathswhen"))]
                : [("When", Text("when")), ("StillGoingOn", "True"), ("Urgent", "False")],
        ["/report/who"] = [("Anonymity", "Named"), ("Name", Text("name")), ("Phone", marks.Digits($"{who}-phone", 11, "139")), ("JointSigners", Text("jointsigners")), ("KeepFrom", Text("keepfrom"))],
        ["/report/reward"] = [("RewardWanted", "True"), ("ClaimCode", ClaimCode), ("ClaimCodeAgain", ClaimCode), ("NotExcluded", "true")],
    };

    private string Text(string field) => marks.Text($"{who}-{field}");

    private async Task KeepKeysAsync()
    {
        marks.Add($"{who} draft cookie", browser.DraftCookie!);
        var pass = DraftPass.Parse(browser.DraftCookie).ShouldNotBeNull();
        marks.Add($"{who} draft key", pass.Key);
        marks.Add($"{who} content key", (await app.Send(new ReadDraft(pass)))!.Content.ContentKey);
    }
}

/// <summary>What a visitor's machine shows of itself, and how a receipt is typed.</summary>
internal static class Visitor
{
    public const string Agent = "MarkedBrowser/77.31 (7F3A-agent)";
    public const string Address = "203.0.113.77";

    public static string InFives(string receipt) => string.Join(' ', receipt.Chunk(5).Select(five => new string(five)));

    public static void WentOn(HttpResponseMessage answer) => answer.Headers.Location.ShouldNotBeNull(answer.StatusCode.ToString());
}
