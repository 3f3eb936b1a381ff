using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>What a receipt turns into (查询码派生密钥): the id a report is found by and the key its content key is sealed under.</summary>
public sealed record ReceiptKeys(byte[] LookupId, byte[] ReceiptKey);

/// <summary>The slow way from a receipt to its keys (查询码派生); only so many run at a time, as each takes 19 MiB.</summary>
public sealed class ReceiptDerivation(KeyRing ring)
{
    private static readonly SemaphoreSlim Turns = new(Environment.ProcessorCount);

    public ReceiptKeys Derive(Receipt receipt)
    {
        var digits = Encoding.ASCII.GetBytes(receipt.Digits);
        var stretched = SlowHash.DerivePeppered(ring.SitePepper, digits, ring.SiteSalt, 64);
        var keys = new ReceiptKeys(DerivedKey.For(stretched, "receipt/lookup"), DerivedKey.For(stretched, "receipt/key"));
        CryptographicOperations.ZeroMemory(digits);
        CryptographicOperations.ZeroMemory(stretched);
        return keys;
    }

    public async Task<ReceiptKeys> DeriveAsync(Receipt receipt, CancellationToken cancellationToken = default)
    {
        await Turns.WaitAsync(cancellationToken);
        try
        {
            return Derive(receipt);
        }
        finally
        {
            Turns.Release();
        }
    }
}
