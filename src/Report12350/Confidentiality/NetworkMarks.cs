using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Report12350.Confidentiality;

/// <summary>Stands for a visitor's network (网络标记) for a day: the address itself is nowhere kept, and the key that marks it is in memory only.</summary>
/// <remarks>Networks are told apart by /24 of IPv4 and /48 of IPv6, about what one household, factory or provider's gateway has.</remarks>
public sealed class NetworkMarks(TimeProvider time)
{
    private readonly Lock gate = new();
    private byte[] key = [];
    private DateOnly day;

    public long Of(IPAddress? address)
    {
        Span<byte> whole = stackalloc byte[16];
        whole.Clear();
        var used = Prefix(address, whole);
        Span<byte> mark = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(TodaysKey(), whole[..used], mark);
        whole.Clear();
        return BinaryPrimitives.ReadInt64LittleEndian(mark);
    }

    private static int Prefix(IPAddress? address, Span<byte> whole)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        if (address is null || !address.TryWriteBytes(whole, out _))
            return 0;
        return address.AddressFamily is AddressFamily.InterNetwork ? 3 : 6;
    }

    private byte[] TodaysKey()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        lock (gate)
        {
            if (day != today)
                (key, day) = (RandomNumberGenerator.GetBytes(Envelope.KeyLength), today);
            return key;
        }
    }
}
