using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Bot.Dialogues;
using Report12350.Confidentiality;
using Report12350.Conversations;
using Report12350.Domain.Reports;
using Report12350.Intake;
using Report12350.Tests.Architecture;
using Report12350.Tests.Hosting;
using Report12350.Tests.Tracking;
using Report12350.Tests.Web;

namespace Report12350.Tests.Bot;

/// <summary>Direct Line 3.0 as its clients use it, over real HTTP and WebSocket: every row and note of the protocol's table.</summary>
public abstract class DirectLineTests(ReportApplication app)
{
    private const string First = "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样";
    private static readonly string[] ToEvidence = ["1", First, "重大事故隐患", "人民路 20 号", "1", "2"];
    private static readonly string[] ToEnd = ["1", "1", "2", "1"];

    private static CancellationToken Gone => TestContext.Current.CancellationToken;

    /// <summary>How often the server drops the stream; the full number is 200.</summary>
    private static int Drops => int.TryParse(Environment.GetEnvironmentVariable("REPORT12350_DROPS"), CultureInfo.InvariantCulture, out var drops) ? drops : 30;

    /// <summary>One thing different from a call in order, and the answer.</summary>
    public static TheoryData<string, string, string?, string?, int, string?> Calls() => new()
    {
        { "POST", "tokens/generate", null, "", 200, null },
        { "POST", "tokens/generate", """{"user":{"id":"somebody"}}""", "", 400, "BadArgument" },
        { "POST", "tokens/generate", "{", "", 400, "BadArgument" },
        { "POST", "tokens/refresh", null, null, 200, null },
        { "POST", "tokens/refresh", null, "", 401, "Unauthorized" },
        { "POST", "tokens/refresh", null, "Bearer forged", 401, "Unauthorized" },
        { "POST", "tokens/refresh", null, "flipped", 401, "Unauthorized" },
        { "POST", "conversations", null, null, 201, null },
        { "POST", "conversations", """{"user":{},"locale":"zh-CN"}""", null, 201, null },
        { "POST", "conversations", null, "", 401, "Unauthorized" },
        { "GET", "own", null, null, 200, null },
        { "GET", "own?watermark=", null, null, 200, null },
        { "GET", "own?watermark=x", null, null, 400, "BadArgument" },
        { "GET", "conversations/9d3c1b525f3a4a529a592f7d5b9a1f11", null, null, 403, "BadArgument" },
        { "GET", "own/activities", null, null, 200, null },
        { "GET", "own/activities?watermark=-1", null, null, 400, "BadArgument" },
        { "GET", "own/activities", null, "", 401, "Unauthorized" },
        { "POST", "own/activities", """{"type":"message","text":"1"}""", null, 200, null },
        { "POST", "own/activities", """{"type":"typing"}""", null, 200, null },
        { "POST", "own/activities", """{"type":"event","name":"webchat/join"}""", null, 200, null },
        { "POST", "own/activities", null, null, 400, "MissingProperty" },
        { "POST", "own/activities", "[]", null, 400, "BadArgument" },
        { "POST", "own/activities", "long", null, 413, "MessageSizeTooBig" },
        { "POST", "own/activities", """{"type":"message","text":"1"}""", "", 401, "Unauthorized" },
        { "POST", "conversations/9d3c1b525f3a4a529a592f7d5b9a1f11/activities", """{"type":"message","text":"1"}""", null, 403, "BadArgument" },
        { "POST", "conversations/9d3c1b525f3a4a529a592f7d5b9a1f11/upload", "x", null, 403, "BadArgument" },
        { "GET", "own/stream", null, null, 400, "BadArgument" },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task Each_call_is_answered_as_the_protocol_says(string method, string path, string? body, string? authorization, int status, string? code)
    {
        using var client = await DirectLineClient.BeginAsync(app);
        var said = authorization == "flipped" ? $"Bearer {client.Token[..^2]}{(client.Token[^2] == 'A' ? 'B' : 'A')}{client.Token[^1]}" : authorization;
        if (authorization == "")
            client.Token = "";
        var sent = body is null ? null : DirectLineClient.Json(body == "long" ? $$"""{"text":"{{new string('长', 40_000)}}"}""" : body);
        using var answer = await client.SendAsync(method, path.Replace("own", client.Own(), StringComparison.Ordinal), sent, said);

        var text = await answer.TextAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        if (code is not null)
            JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        text.ShouldNotContain(":null");
    }

    [Fact]
    public async Task The_token_names_the_user_and_lives_a_day_and_holds_the_key_only_sealed()
    {
        using var client = await DirectLineClient.BeginAsync(app, "dl_someone");
        var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(client.Token.Split('.')[1])).RootElement;
        claims.GetProperty("user").GetString().ShouldBe("dl_someone");
        claims.GetProperty("conv").GetString().ShouldBe(client.Id);
        (await client.AskAsync("POST", "tokens/generate", new { user = new { id = "dl_other" } })).GetProperty("expires_in").GetInt32().ShouldBeGreaterThanOrEqualTo(3600);
        var again = await client.AskAsync("POST", "tokens/refresh");
        (again.GetProperty("conversationId").GetString(), again.GetProperty("expires_in").GetInt32()).ShouldBe((client.Id, 86400));
        var pass = PassOf(client);
        client.Token.ShouldNotContain(pass.ToCookie());
        claims.GetProperty("key").GetString()!.ShouldNotContain(System.Buffers.Text.Base64Url.EncodeToString(pass.Key));
    }

    [Fact]
    public async Task After_its_day_a_token_is_expired_and_of_an_ended_conversation_nothing_is_found()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await app.Send(new EndConversation(PassOf(client)));
        foreach (var (method, path) in new[] { ("POST", "tokens/refresh"), ("POST", "conversations"), ("GET", client.Own()), ("GET", client.Own("/activities")) })
            await client.AskAsync(method, path, status: HttpStatusCode.NotFound);
        await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = "1" }, HttpStatusCode.NotFound);
        using var other = await DirectLineClient.BeginAsync(app);
        app.Time.Advance(TimeSpan.FromHours(24));
        (await other.AskAsync("POST", "tokens/refresh", status: HttpStatusCode.Forbidden)).GetProperty("error").GetProperty("code").GetString().ShouldBe("TokenExpired");
    }

    [Fact]
    public async Task The_greeting_is_replayed_on_the_socket_and_a_later_start_finds_the_same_conversation()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        var started = await client.AskAsync("POST", "conversations", status: HttpStatusCode.Created);
        started.GetProperty("conversationId").GetString().ShouldBe(client.Id);
        started.GetProperty("token").GetString().ShouldNotBeNullOrEmpty();
        var address = started.GetProperty("streamUrl").GetString()!;
        address.ShouldStartWith("ws://");
        using var socket = await DirectLineSocket.OpenAsync(address);
        (await socket.NextAsync())![0].Text().ShouldContain("自动服务");
        await socket.PingAsync();
        await client.SayAsync("1");
        (await socket.UntilAsync(a => a.Role() == "bot")).Count.ShouldBeGreaterThan(1);
        (await client.AskAsync("POST", "conversations")).GetProperty("conversationId").GetString().ShouldBe(client.Id);
    }

    [Fact]
    public async Task An_empty_watermark_replays_all_and_none_gives_only_what_is_new()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.SayAsync("1");
        var all = await client.PollAsync();
        using (var replay = await client.ListenAsync())
        {
            (await replay.NextAsync())!.Select(a => a.Id()).ShouldBe(all.Select(a => a.Id()));
            replay.Watermark.ShouldBe(DirectLineText(all.Count));
        }

        using var news = await client.ListenAsync(watermark: null);
        await client.SayAsync(First, "mine");
        (await news.NextAsync())![0].ClientId().ShouldBe("mine");
        (await client.PollAsync(DirectLineText(all.Count)))[0].ClientId().ShouldBe("mine");
        (await client.PollAsync("999")).ShouldBeEmpty();
        (await client.PollAsync(null)).Count.ShouldBeGreaterThan(all.Count);
    }

    [Fact]
    public async Task What_the_user_said_comes_back_before_the_answer_unchanged_but_for_who_says_it()
    {
        using var client = await DirectLineClient.BeginAsync(app, "dl_me");
        using var socket = await client.ListenAsync(watermark: null);
        var answer = await client.AskAsync("POST", client.Own("/activities"), new
        {
            type = "message", id = "mine", text = "1 [点我](https://elsewhere.example)", textFormat = "markdown", from = new { id = "12350", role = "bot" }, replyToId = "x",
            locale = "zh-CN", channelData = new { clientActivityID = "c-1", more = new[] { 1 } }, strange = new { kept = "是" },
        });
        var heard = await socket.UntilAsync(a => a.Role() == "bot");

        var echo = heard[0];
        echo.Id().ShouldBe(answer.GetProperty("id").GetString());
        (echo.ClientId(), echo.GetProperty("textFormat").GetString(), echo.GetProperty("strange").GetProperty("kept").GetString()).ShouldBe(("c-1", "plain", "是"));
        echo.GetProperty("channelData").GetProperty("more")[0].GetInt32().ShouldBe(1);
        (echo.GetProperty("from").GetProperty("id").GetString(), echo.Role(), echo.TryGetProperty("replyToId", out _)).ShouldBe(("dl_me", "user", false));
        heard.Skip(1).ShouldAllBe(a => a.Role() == "bot" && a.GetProperty("replyToId").GetString() == echo.Id() && a.GetProperty("textFormat").GetString() == "plain");
        var hours = (await client.PollAsync()).ConvertAll(a => a.GetProperty("timestamp").GetDateTimeOffset());
        hours.ShouldBe(hours.Distinct().Order());
    }

    [Fact]
    public async Task A_name_is_masked_in_all_that_comes_back()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync([.. ToEvidence, "1", "2"]);
        await client.AskAsync("POST", client.Own("/activities"), new { type = "message", text = "陈标记", channelData = new { clientActivityID = "n", draft = "陈标记" }, value = "陈标记" });
        var all = await client.PollAsync();
        all.ShouldAllBe(a => !a.GetRawText().Contains("陈标记", StringComparison.Ordinal));
        all.ShouldContain(a => a.ClientId() == "n");
    }

    [Fact]
    public async Task Photos_go_into_the_draft_and_only_their_names_come_back()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync(ToEvidence);
        using var form = new ByteArrayContent([
            .. Part("activity", "blob", "application/vnd.microsoft.activity"), .. Encoding.UTF8.GetBytes("""{"type":"message","channelData":{"clientActivityID":"p"},"attachments":[{"contentType":"image/png","name":"现场.png","contentUrl":"blob:https://x/1","thumbnailUrl":"blob:https://x/1"}]}"""),
            .. Part("file", "现场.png", "image/png"), .. await FilingWalk.Png("1").ReadAsByteArrayAsync(Gone),
            .. Part("file", "坏.exe", "application/x-msdownload"), 77, 90, 0, 0, .. "\r\n--12350--\r\n"u8]);
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=12350");
        using (var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), form))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        using var raw = FilingWalk.Png("2");
        raw.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = "第二张.png" };
        raw.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using (var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), raw))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());

        (await DraftAsync(client)).Files.Values.Select(f => f.Name).Order().ShouldBe(["现场.png", "第二张.png"], ignoreOrder: true);
        var all = await client.PollAsync();
        var echo = all.Single(a => a.ClientId() == "p");
        echo.GetRawText().ShouldNotContain("blob:");
        echo.GetProperty("attachments")[0].GetProperty("name").GetString().ShouldBe("现场.png");
        all.ShouldContain(a => a.Text().Contains("现在一共 2 个文件", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_place_that_is_shared_is_said_in_words_and_one_that_is_nowhere_is_none()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync("1", "公平镇好再来饭店厨房放了十几瓶煤气罐，没有报警器，天天都这样", "重大事故隐患");
        (await client.PollAsync())[^1].GetProperty("channelData").GetProperty("place").GetBoolean().ShouldBeTrue();
        await ShareAsync(91);
        (await client.PollAsync())[^2].Text().ShouldContain("请先写点什么");
        await ShareAsync(22.9663);
        var said = await client.PollAsync();
        said.Count(line => line.Text() == "后门 (22.96630, 115.32380 WGS-84)").ShouldBe(1);
        said[^1].Text().ShouldContain("是哪个单位");

        Task<JsonElement> ShareAsync(double latitude) => client.AskAsync("POST", client.Own("/activities"), new
        {
            type = "message", entities = new object[] { new { type = "clientInfo" }, new { type = "GeoCoordinates", name = "后门", latitude, longitude = 115.3238 } },
        });
    }

    [Fact]
    public void A_browser_that_speaks_HTTP_2_may_open_its_stream() =>
        app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Single(route => route.RoutePattern.RawText!.EndsWith("/stream", StringComparison.Ordinal))
            .Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.ShouldBe(["GET", "CONNECT"]);

    [Fact]
    public async Task A_photo_sent_again_under_another_id_is_taken_once()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync(ToEvidence);
        foreach (var (id, photo) in new[] { ("first", "1"), ("again", "1"), ("another", "2") })
        {
            using var form = new ByteArrayContent([
                .. Part("activity", "blob", "application/vnd.microsoft.activity"), .. Encoding.UTF8.GetBytes($$"""{"type":"message","channelData":{"clientActivityID":"{{id}}"},"attachments":[{"contentType":"image/png","name":"现场.png"}]}"""),
                .. Part("file", "现场.png", "image/png"), .. await FilingWalk.Png(photo).ReadAsByteArrayAsync(Gone), .. "\r\n--12350--\r\n"u8]);
            form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=12350");
            using var answer = await client.SendAsync("POST", client.Own("/upload?userId=dl_tester"), form);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        }

        (await DraftAsync(client)).Files.Count.ShouldBe(2);
        var told = (await client.PollAsync()).Where(a => a.Text().Contains("现在一共", StringComparison.Ordinal)).Select(a => a.Text()).ToList();
        (told.Count(text => text.Contains("1 个文件", StringComparison.Ordinal)), told.Count(text => text.Contains("2 个文件", StringComparison.Ordinal))).ShouldBe((2, 1), string.Join('\n', told));
        var draft = DraftPass.Parse((await ChatAsync(client)).State.Draft)!.Id;
        (await app.Read(db => db.EvidenceFiles.CountAsync(f => f.DraftId == draft))).ShouldBe(2);
    }

    [Fact]
    public async Task A_streams_address_is_good_once_and_for_a_minute_and_opens_nothing_later()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        async Task<string> AddressAsync() => (await client.AskAsync("GET", client.Own("?watermark="))).GetProperty("streamUrl").GetString()!;
        var address = await AddressAsync();
        using (await DirectLineSocket.OpenAsync(address))
            (await RefusedAsync(address)).ShouldBe(HttpStatusCode.Forbidden);
        (await app.Read(db => db.ConversationTickets.CountAsync(t => t.ConversationId == PassOf(client).Id))).ShouldBe(0, "with it went what it could have opened");
        var another = (await AddressAsync()).Replace(client.Id, Guid.NewGuid().ToString("N"), StringComparison.Ordinal);
        (await RefusedAsync(another)).ShouldBe(HttpStatusCode.Forbidden);
        var late = await AddressAsync();
        app.Time.Advance(TimeSpan.FromSeconds(61));
        (await RefusedAsync(late)).ShouldBe(HttpStatusCode.Forbidden);
        late.ShouldNotContain(System.Buffers.Text.Base64Url.EncodeToString(PassOf(client).Key));
    }

    [Fact]
    public async Task Number_and_receipt_are_shown_until_they_are_saved_and_stand_in_no_log_and_sent_again_files_once()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        await client.WalkAsync([.. ToEvidence, .. ToEnd[..3]]);
        var before = await app.Read(db => db.Reports.CountAsync());
        await Task.WhenAll(client.SayAsync("1", "once"), client.SayAsync("1", "again"));
        (await app.Read(db => db.Reports.CountAsync())).ShouldBe(before + 1);
        using var later = await DirectLineClient.BeginAsync(app);
        await later.WalkAsync([.. ToEvidence, .. ToEnd]);
        var (number, receipt) = ReceiptIn(await later.PollAsync());
        (await app.OpenAsync(receipt)).ShouldNotBeNull();
        var five = receipt[..5];
        ReceiptIn(await later.PollAsync()).ShouldBe((number, receipt), "it is still shown");
        (await ChatAsync(later)).Activities.ShouldAllBe(a => !a.ToJson().Contains(five, StringComparison.Ordinal));
        await later.SayAsync("1");
        ReceiptIn(await later.PollAsync()).ShouldBe((number, receipt), "the number that filed, sent again, saves nothing");
        await later.SayAsync("我已保存编号和查询码");
        (await later.PollAsync()).ShouldAllBe(a => !a.Text().Contains(five, StringComparison.Ordinal));
        (await DraftOrNullAsync(later)).ShouldBeNull();
        await later.SayAsync("还有一件事");
        (await later.PollAsync())[^1].Text().ShouldContain("查进度");
    }

    [Fact]
    public async Task After_filing_each_step_is_told_in_the_conversation()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        using var socket = await client.ListenAsync();
        await client.WalkAsync([.. ToEvidence, .. ToEnd]);
        await socket.UntilAsync(a => a.Text().Contains("查询码：", StringComparison.Ordinal));
        var number = (await ChatAsync(client)).State.Number.ShouldNotBeNull();
        var id = await app.Read(db => db.Reports.Where(r => r.Number == number).Select(r => r.Id).SingleAsync());
        await app.AcceptAsync(new Filed(id, number, "", null));
        (await socket.UntilAsync(a => a.Text().Contains("新进展", StringComparison.Ordinal)))[^1].Text().ShouldContain("受理");
        (await client.PollAsync()).Count(a => a.Text().Contains("新进展", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task What_another_node_takes_is_heard_here()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        using var socket = await client.ListenAsync();
        await socket.NextAsync();
        await using var node = app.WithWebHostBuilder(_ => { });
        using var there = node.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") });
        there.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
        using var answer = await there.PostAsync($"/v3/directline/{client.Own("/activities")}", DirectLineClient.Json("""{"type":"message","text":"1","channelData":{"clientActivityID":"there"}}"""), Gone);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (await socket.UntilAsync(a => a.Role() == "bot" && a.TryGetProperty("replyToId", out _)))[0].ClientId().ShouldBe("there");
    }

    [Fact(Timeout = 300_000)]
    public async Task Streams_dropped_at_random_while_two_windows_talk_lose_nothing_and_double_nothing()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        var (heard, watermark, random, drops) = (new List<JsonElement>(), "", new Random(12350), 0);
        using var frame = new SemaphoreSlim(2);
        async Task TalkAsync(int window)
        {
            for (var at = 0; at < 5 || Volatile.Read(ref drops) < Drops; at++)
            {
                await frame.WaitAsync(Gone); // who talks faster than the streams are read fills the conversation
                await client.SayAsync("帮助", $"{DirectLineText(window)}-{DirectLineText(at)}");
            }
        }

        async Task TalkToTheEndAsync()
        {
            await Task.WhenAll(TalkAsync(0), TalkAsync(1));
            await client.SayAsync("帮助", "last");
        }

        bool IsOver() => heard.Exists(a => a.ClientId() == "last");
        var last = TalkToTheEndAsync();
        while (!IsOver())
        {
            using var socket = await client.ListenAsync(watermark);
            for (var frames = random.Next(3); frames >= 0 && !IsOver() && await socket.NextAsync() is { } activities; frames--)
            {
                heard.AddRange(activities);
                watermark = socket.Watermark;
                if (random.Next(3) > 0)
                {
                    app.Services.GetRequiredService<OpenStreams>().Drop(PassOf(client).Id);
                    Interlocked.Increment(ref drops);
                }

                frame.Release();
            }
        }

        await last;
        var all = await client.PollAsync();
        heard.ConvertAll(a => a.Id()).ShouldBe(all.ConvertAll(a => a.Id()).Take(heard.Count));
        all.Count.ShouldBeInRange(heard.Count, heard.Count + 2);
    }

    [Fact]
    public async Task A_fifth_stream_closes_the_first()
    {
        using var client = await DirectLineClient.BeginAsync(app);
        using var first = await client.ListenAsync();
        await first.NextAsync();
        var more = new List<DirectLineSocket>();
        for (var at = 0; at < ConversationQuota.Streams; at++)
            more.Add(await client.ListenAsync());
        (await first.NextAsync()).ShouldBeNull();
        await client.SayAsync("1", "heard");
        foreach (var socket in more)
        {
            (await socket.UntilAsync(a => a.ClientId() == "heard")).ShouldNotBeEmpty();
            socket.Dispose();
        }
    }

    [Theory]
    [InlineData("websocket")]
    [InlineData("polling")]
    public async Task Microsofts_own_client_files_a_report_with_a_photo_and_hears_what_becomes_of_it(string way)
    {
        Assert.SkipWhen(app is PostgresPort, "the client does not know the engine");
        using var process = await ConverseAsync(way, [.. ToEvidence, "photo", .. ToEnd, "保存好了"]);
        try
        {
            List<JsonElement> heard = [];
            async Task UntilAsync(string words)
            {
                while (!heard.Exists(a => a.Text().Contains(words, StringComparison.Ordinal)))
                {
                    var line = await process.StandardOutput.ReadLineAsync(Gone) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Gone));
                    line.ShouldNotStartWith("error");
                    if (line.StartsWith("activity ", StringComparison.Ordinal))
                        heard.Add(JsonDocument.Parse(line["activity ".Length..]).RootElement);
                }
            }

            await UntilAsync("查询码：");
            var (number, receipt) = ReceiptIn(heard);
            var report = await app.Read(db => db.Reports.AsNoTracking().SingleAsync(r => r.Number == number));
            (report.Channel, (await app.OpenAsync(receipt)).Content<ReportAnswers>(report).FileHashes.Count).ShouldBe((Channel.Chat, 1));
            await UntilAsync("对话开着的时候");
            await app.AcceptAsync(new Filed(report.Id, number, receipt, null));
            await UntilAsync("新进展");
            heard.Select(a => a.Id()).ShouldBe(heard.Select(a => a.Id()).Distinct());
            heard.ShouldContain(a => a.ClientId() == "id-1");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Gone);
        }
    }

    private async Task<Process> ConverseAsync(string way, params string[] answers)
    {
        var here = Path.Combine(SourceFile.Root, "tests", "Report12350.Tests");
        var start = new ProcessStartInfo("node", [Path.Combine(here, "Bot", "converse.cjs"), app.Site.ToString().TrimEnd('/'), way, .. answers])
        {
            WorkingDirectory = here, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["PHOTO"] = Convert.ToBase64String(await FilingWalk.Png("node").ReadAsByteArrayAsync(Gone));
        return Process.Start(start)!;
    }

    /// <summary>As browsers write names: UTF-8 as it is.</summary>
    private static byte[] Part(string name, string file, string type) =>
        Encoding.UTF8.GetBytes($"\r\n--12350\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {type}\r\n\r\n");

    private static (string Number, string Receipt) ReceiptIn(List<JsonElement> activities)
    {
        var lines = activities.Single(a => a.Text().Contains("查询码：", StringComparison.Ordinal)).Text().Split('\n');
        return (lines[0].Split('：')[1], lines[1].Split('：')[1].Replace(" ", "", StringComparison.Ordinal));
    }

    private static string DirectLineText(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<HttpStatusCode> RefusedAsync(string address)
    {
        using var socket = new System.Net.WebSockets.ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(new Uri(address), Gone));
        return socket.HttpStatusCode;
    }

    private ConversationPass PassOf(DirectLineClient client) => app.Services.GetRequiredService<ChatToken>().Read(client.Token).ShouldNotBeNull().Pass;

    private async Task<OpenChat> ChatAsync(DirectLineClient client)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<ChatTurns>().ReadAsync(PassOf(client), Gone)).ShouldNotBeNull();
    }

    private async Task<OpenDraft?> DraftOrNullAsync(DirectLineClient client) => await app.Send(new ReadDraft(DraftPass.Parse((await ChatAsync(client)).State.Draft)!));

    private async Task<DraftContent> DraftAsync(DirectLineClient client) => (await DraftOrNullAsync(client)).ShouldNotBeNull().Content;
}

public sealed class DirectLineOnSqliteTests(SqlitePort app) : DirectLineTests(app), IClassFixture<SqlitePort>;

public sealed class DirectLineOnPostgresTests(PostgresPort app) : DirectLineTests(app), IClassFixture<PostgresPort>;
