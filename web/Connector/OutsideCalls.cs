using System.Net;
using System.Net.Sockets;

namespace Report12350.Web.Connector;

/// <summary>Calls to servers of others (对外请求): over https, straight to a public address, no redirects followed, little read and not for long.</summary>
public sealed class OutsideCalls : IDisposable
{
    /// <summary>Addresses that may be called though they are none of these, while developing: origins, parted by spaces.</summary>
    public const string Setting = "Bot:WorkshopOrigins";

    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork PublicSix = IPNetwork.Parse("2000::/3");
    private readonly HashSet<string> workshop;
    private readonly HttpClient http;

    public OutsideCalls(IConfiguration settings, IHostEnvironment environment)
    {
        workshop = [.. (settings[Setting] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (workshop.Count > 0 && !environment.IsDevelopment() && !environment.IsEnvironment("Testing"))
            throw new InvalidOperationException($"{Setting} is for development only.");
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        }) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer };
    }

    /// <summary>Whether it may be called at all; which address its name stands for is looked at when connecting.</summary>
    public bool MayCall(Uri address) => address.IsAbsoluteUri && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || IsWorkshop(address));

    /// <exception cref="HttpRequestException">It may not be called, or does not answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        if (!MayCall(request.RequestUri!))
            throw new HttpRequestException("An address that is not called.");
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("No answer in time.", late);
        }
    }

    public async Task<string> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await SendAsync(request, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
    }

    public void Dispose() => http.Dispose();

    /// <summary>One that everybody on the internet reaches: not this machine, not this house, not what only looks like another.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || PublicSix.Contains(plain)) && !NotPublic.Any(network => network.Contains(plain));
    }

    private bool IsWorkshop(Uri address) => workshop.Contains(address.GetLeftPart(UriPartial.Authority));

    /// <summary>Connects to the very address that was looked at: a name that means another one a moment later gains nothing.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var addresses = IsWorkshop(context.InitialRequestMessage.RequestUri!) ? found : [.. found.Where(IsPublic)];
        if (addresses.Length == 0)
            throw new HttpRequestException("No public address.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
