using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Report12350.Load;

/// <summary>What a file costs at least: HTTPS, a hash, a seal and the disk, and nothing else. A process of its own, as the site is.</summary>
internal sealed class BareSink : IAsyncDisposable
{
    private const int Segment = 64 * 1024;
    private const int Nonce = 12;
    private const int Tag = 16;

    private readonly Process process;

    private BareSink(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<BareSink> StartAsync(string folder, string certificate)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BareSink).Assembly.Location, "sink", folder, certificate])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The sink did not start.");
        return new BareSink(process, new Uri(address));
    }

    /// <summary>Serves until it is killed: PUT takes a file, GET gives it back.</summary>
    public static async Task ServeAsync(string folder, string certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Configuration["Kestrel:Certificates:Default:Path"] = certificate;
        builder.Configuration["Kestrel:Certificates:Default:Password"] = "load";
        builder.WebHost.UseUrls("https://127.0.0.1:0");
        await using var sink = builder.Build();
        var key = RandomNumberGenerator.GetBytes(32);
        sink.MapPut("/{file}", (HttpContext context, string file) => TakeAsync(context, Path.Combine(folder, file), key));
        sink.MapGet("/{file}", (HttpContext context, string file) => GiveAsync(context, Path.Combine(folder, file), key));
        await sink.StartAsync();
        Console.WriteLine(sink.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        await Task.Delay(Timeout.Infinite);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task TakeAsync(HttpContext context, string path, byte[] key)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var cipher = new AesGcm(key, Tag);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        var (plain, kept) = (new byte[Segment], new byte[Segment + Tag]);
        for (var number = 0; await context.Request.Body.ReadAtLeastAsync(plain, Segment, throwOnEndOfStream: false) is > 0 and var read; number++)
        {
            hash.AppendData(plain.AsSpan(0, read));
            cipher.Encrypt(NonceOf(number), plain.AsSpan(0, read), kept.AsSpan(0, read), kept.AsSpan(read, Tag));
            await file.WriteAsync(kept.AsMemory(0, read + Tag));
        }

        await file.FlushAsync();
        file.Flush(flushToDisk: true);
        await context.Response.WriteAsync(Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static async Task GiveAsync(HttpContext context, string path, byte[] key)
    {
        using var cipher = new AesGcm(key, Tag);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        var (plain, kept) = (new byte[Segment], new byte[Segment + Tag]);
        for (var number = 0; await file.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false) is > 0 and var read; number++)
        {
            cipher.Decrypt(NonceOf(number), kept.AsSpan(0, read - Tag), kept.AsSpan(read - Tag, Tag), plain.AsSpan(0, read - Tag));
            await context.Response.Body.WriteAsync(plain.AsMemory(0, read - Tag));
        }
    }

    private static byte[] NonceOf(int number)
    {
        var nonce = new byte[Nonce];
        BinaryPrimitives.WriteInt32BigEndian(nonce, number);
        return nonce;
    }
}
