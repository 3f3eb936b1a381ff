using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Report12350.Confidentiality;

/// <summary>A small sum a browser is asked to do (工作量证明), in ALTCHA's protocol: find the number that hashes to the challenge.</summary>
public sealed record WorkChallenge(string Algorithm, string Challenge, int Maxnumber, string Salt, string Signature);

/// <summary>Sets such sums and checks their answers: signed by us, good for a few minutes, good once.</summary>
public sealed class WorkProof(TimeProvider time)
{
    private const string Sha256 = "SHA-256";
    private const string ExpiryName = "?expires=";
    private const int MostSpent = 100_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(Envelope.KeyLength);
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> spent = new(StringComparer.Ordinal);

    /// <param name="hardest">The number is among 0 and this, so half of it is the usual work.</param>
    public WorkChallenge Ask(int hardest)
    {
        // Ends in &, so that no digit of the number can be passed off as the expiry's.
        var salt = string.Create(CultureInfo.InvariantCulture,
            $"{RandomNumberGenerator.GetHexString(24, lowercase: true)}{ExpiryName}{(time.GetUtcNow() + Lasts).ToUnixTimeSeconds()}&");
        var challenge = Hash(salt, RandomNumberGenerator.GetInt32(hardest + 1));
        return new WorkChallenge(Sha256, challenge, hardest, salt, Sign(challenge));
    }

    /// <summary>Whether this is the answer to a sum of ours that is still open. It is closed then.</summary>
    public bool Accept(string? payload)
    {
        if (Read(payload) is not { } answer || ExpiryOf(answer.Salt) is not { } expiry || expiry <= time.GetUtcNow())
            return false;
        var right = IsSame(answer.Signature, Sign(answer.Challenge)) && IsSame(answer.Challenge, Hash(answer.Salt, answer.Number));
        return right && Spend(answer.Challenge, expiry);
    }

    private static Answer? Read(string? payload)
    {
        if (payload is not { Length: > 0 and < 2000 })
            return null;
        try
        {
            return JsonSerializer.Deserialize<Answer>(Convert.FromBase64String(payload), Web) is
                { Algorithm: Sha256, Challenge: not null, Salt: not null, Signature: not null } answer ? answer : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? ExpiryOf(string salt)
    {
        var at = salt.IndexOf(ExpiryName, StringComparison.Ordinal);
        return at > 0 && salt.EndsWith('&')
            && uint.TryParse(salt.AsSpan(at + ExpiryName.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    private bool Spend(string challenge, DateTimeOffset expiry)
    {
        lock (gate)
        {
            if (spent.Count >= MostSpent)
            {
                var now = time.GetUtcNow();
                foreach (var old in spent.Where(s => s.Value <= now).Select(s => s.Key).ToList())
                    spent.Remove(old);
            }

            return spent.Count < MostSpent && spent.TryAdd(challenge, expiry);
        }
    }

    private string Sign(string challenge) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(challenge)));

    private static string Hash(string salt, int number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{salt}{number}"))));

    private static bool IsSame(string said, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), Encoding.ASCII.GetBytes(right));

    private sealed record Answer(string? Algorithm, string Challenge, int Number, string Salt, string Signature);
}
