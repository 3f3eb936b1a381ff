namespace Report12350.Profiles;

/// <summary>What people call towns and sectors (口语词) when they tell of a hazard in their own words.</summary>
/// <param name="Towns">By town id.</param>
/// <param name="Sectors">By sector id.</param>
public sealed record SpokenWords(IReadOnlyDictionary<string, IReadOnlyList<string>> Towns, IReadOnlyDictionary<string, SectorWords> Sectors);

/// <summary>Words that point to a sector.</summary>
/// <param name="Things">What is dangerous (危险的东西).</param>
/// <param name="Places">Where it is (场所): says less, since there is gas in schools and a lift in a shop.</param>
public sealed record SectorWords(IReadOnlyList<string> Things, IReadOnlyList<string> Places);
