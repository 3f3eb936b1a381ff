using System.Security.Cryptography;
using System.Text;

namespace Report12350.Confidentiality;

/// <summary>Code of a staff invitation: 100 random bits, handed over by another way, stored as a hash only.</summary>
internal static class InvitationCode
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string New() => string.Join('-', new string(RandomNumberGenerator.GetItems<char>(Alphabet, 20)).Chunk(5).Select(five => new string(five)));

    public static byte[] Hash(string typed) =>
        SHA256.HashData(Encoding.ASCII.GetBytes(new string([.. typed.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)])));
}
