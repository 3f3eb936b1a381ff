using System.Numerics;
using System.Runtime.Intrinsics;

namespace Report12350.Confidentiality;

/// <summary>What of a report can be compared without opening it (比对指纹): a mark of the unit and a MinHash of the narrative, both keyed.</summary>
public sealed record Fingerprint(ulong Unit, byte[] Narrative)
{
    /// <summary>Marks of the narrative, a byte each; they are compared sixteen at a time.</summary>
    internal const int Marks = 240;

    private const double ByChance = 1 / 256.0;

    /// <summary>Share of the two narratives' bigrams that both have, as their marks tell: ±0.03.</summary>
    public double Likeness(Fingerprint other)
    {
        var equal = 0;
        for (var i = 0; i < Marks; i += Vector128<byte>.Count)
            equal += BitOperations.PopCount(Vector128.Equals(Vector128.Create(Narrative, i), Vector128.Create(other.Narrative, i)).ExtractMostSignificantBits());
        return Math.Max(0, ((equal / (double)Marks) - ByChance) / (1 - ByChance));
    }

    public override string ToString() => "fingerprint";
}
