using Microsoft.Playwright;

namespace Report12350.BrowserTests;

/// <summary>A network as on an old phone in a village: 400 kbit/s and 100 ms.</summary>
public static class WeakNetwork
{
    private const int BytesASecond = 50_000;

    /// <param name="bytesASecond">-1: as fast as it goes.</param>
    public static Task EmulateAsync(this ICDPSession network, bool offline = false, int bytesASecond = BytesASecond) =>
        network.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
        {
            ["offline"] = offline, ["latency"] = 100, ["downloadThroughput"] = bytesASecond, ["uploadThroughput"] = bytesASecond,
        });
}
