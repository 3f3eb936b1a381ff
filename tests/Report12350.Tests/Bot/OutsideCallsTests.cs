using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Report12350.Tests.Hosting;
using Report12350.Web.Connector;

namespace Report12350.Tests.Bot;

/// <summary>Whom the site calls, and whom never, whatever address somebody names.</summary>
public sealed class OutsideCallsTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("13.107.42.14", true)]
    [InlineData("2603:1030:20e:3::23c", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Only_what_everybody_on_the_internet_reaches_is_public(string address, bool isPublic) => OutsideCalls.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("https://127.0.0.1:{0}/")]
    [InlineData("https://localhost:{0}/")]
    [InlineData("https://[::1]:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    [InlineData("https://0x7f.1:{0}/")]
    [InlineData("https://127.1:{0}/")]
    [InlineData("https://0:{0}/")]
    [InlineData("https://user@127.0.0.1:{0}/")]
    [InlineData("ftp://127.0.0.1:{0}/")]
    [InlineData("file:///etc/passwd")]
    public async Task This_machine_is_not_called_by_any_of_its_names(string address)
    {
        using var door = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        door.Start();
        using var outside = Of("Production", "");
        await Should.ThrowAsync<HttpRequestException>(() => outside.ReadAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, ((IPEndPoint)door.LocalEndpoint).Port)), TestContext.Current.CancellationToken));
        door.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task While_developing_one_origin_may_be_named_and_no_redirect_leads_out_of_it()
    {
        await using var cloud = await BotCloud.StartAsync();
        var origin = cloud.Address.GetLeftPart(UriPartial.Authority);
        using var outside = Of("Development", origin);
        (await outside.ReadAsync(new Uri(cloud.Address, "login/keys"), TestContext.Current.CancellationToken)).ShouldContain("login");
        outside.MayCall(new Uri($"http://localhost:{cloud.Address.Port}/")).ShouldBeFalse();
        outside.MayCall(new Uri($"http://127.0.0.1:{cloud.Address.Port + 1}/")).ShouldBeFalse();
        outside.MayCall(new Uri($"http://user@127.0.0.1:{cloud.Address.Port}/")).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Of("Production", origin)).Message.ShouldContain("development only");
        Should.Throw<InvalidOperationException>(() => Of("Staging", origin));
    }

    [Theory]
    [InlineData("Bot:Secret")]
    [InlineData("Bot:Tenant")]
    [InlineData("Site:Address")]
    [InlineData("Bot:Cloud")]
    public void Half_a_configuration_stops_the_start(string without)
    {
        Dictionary<string, string?> all = new(StringComparer.Ordinal)
        {
            ["Bot:AppId"] = "a", ["Bot:Secret"] = "s", ["Bot:Tenant"] = "t", ["Site:Address"] = "https://12350.example", ["Bot:Cloud"] = "21Vianet",
        };
        var china = new ConnectorSettings(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        (china.ChannelIssuer, china.TokenAddress.Host).ShouldBe(("https://api.botframework.azure.cn", "login.partner.microsoftonline.cn"));
        all[without] = without == "Bot:Cloud" ? "elsewhere" : null;
        Should.Throw<InvalidOperationException>(() => new ConnectorSettings(new ConfigurationBuilder().AddInMemoryCollection(all).Build()));
    }

    private static OutsideCalls Of(string environment, string origins) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(OutsideCalls.Setting, origins)]).Build(), new HostingEnvironment { EnvironmentName = environment });
}

/// <summary>A site nobody configured a channel for.</summary>
public sealed class NoChannelTests(SqliteApplication app) : IClassFixture<SqliteApplication>
{
    [Fact]
    public async Task There_is_no_such_address()
    {
        using var answer = await app.Browser().GetAsync("/api/messages", TestContext.Current.CancellationToken); // 405 where only posting is known
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
