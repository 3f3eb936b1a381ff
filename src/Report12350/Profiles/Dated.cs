using Report12350.Domain.Routing;

namespace Report12350.Profiles;

/// <summary>A value as it stood from a day on (施行日期), with where it comes from.</summary>
public sealed record DatedEntry<T>(DateOnly EffectiveFrom, T Value, string Source, Confidence Confidence);

/// <summary>A value of the profile through time: what was in force on the day an act was done still holds for it.</summary>
public sealed class Dated<T>(IReadOnlyList<DatedEntry<T>> entries)
{
    public IReadOnlyList<DatedEntry<T>> Entries => entries;

    public T On(DateOnly day) => EntryOn(day).Value;

    /// <summary>The entry in force on a day; before the first one, the first.</summary>
    public DatedEntry<T> EntryOn(DateOnly day) => entries.LastOrDefault(entry => entry.EffectiveFrom <= day) ?? entries[0];
}
