using System.Net;
using System.Net.Sockets;

namespace Report12350.BrowserTests;

/// <summary>The line between a phone and the site: it can be cut, in the middle of whatever passes.</summary>
public sealed class Line : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> ends = [];
    private readonly int port;
    private bool isCut;

    public Line(Uri site)
    {
        port = site.Port;
        listener.Start();
        Site = new UriBuilder(site) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        _ = TakeAsync();
    }

    /// <summary>The site, at this end.</summary>
    public Uri Site { get; }

    public void Cut()
    {
        lock (ends)
        {
            isCut = true;
            ends.ForEach(end => end.Close());
            ends.Clear();
        }
    }

    public void Mend()
    {
        lock (ends)
            isCut = false;
    }

    public void Dispose()
    {
        listener.Dispose();
        Cut();
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Nobody calls any more.
        }
    }

    private async Task CarryAsync(TcpClient phone)
    {
        using var near = phone;
        using var far = new TcpClient();
        lock (ends)
        {
            if (isCut)
                return;
            ends.AddRange([near, far]);
        }

        try
        {
            await far.ConnectAsync(IPAddress.Loopback, port);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was cut.
        }
    }
}
