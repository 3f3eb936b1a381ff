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

    /// <summary>The part of an address that names its network; empty when there is none.</summary>
    public static byte[] PrefixOf(IPAddress? address)
    {
        if (address is null)
            return [];
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.GetAddressBytes()[..(address.AddressFamily is AddressFamily.InterNetwork ? 3 : 6)];
    }

    public long Of(IPAddress? address) => Of(PrefixOf(address));

    /// <summary>Somebody on a channel of others, by what stands for their names.</summary>
    public long Of(Guid person) => Of(person.ToByteArray());

    private long Of(byte[] name) => BinaryPrimitives.ReadInt64LittleEndian(HMACSHA256.HashData(TodaysKey(), name));

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
