using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Report12350.Load;

/// <summary>What a file costs at least: HTTPS, a hash, a seal and the disk, and nothing else.</summary>
internal static class BareSink
{
    private const int Segment = 64 * 1024;
    private const int Nonce = 12;
    private const int Tag = 16;

    /// <summary>PUT takes a file, GET gives it back.</summary>
    public static Task ServeAsync(string folder, string certificate)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return BareProcess.ServeAsync(certificate, _ => { }, sink =>
        {
            sink.MapPut("/{file}", (HttpContext context, string file) => TakeAsync(context, Path.Combine(folder, file), key));
            sink.MapGet("/{file}", (HttpContext context, string file) => GiveAsync(context, Path.Combine(folder, file), key));
        });
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
