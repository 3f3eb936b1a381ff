using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Report12350.Domain.Access;
using Report12350.Domain.Deadlines;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Domain.Rewards;
using Report12350.Confidentiality;

namespace Report12350.Data;

/// <summary>How values of the procedure are stored: words as words, money in fen, instants in UTC.</summary>
internal static class StoredForms
{
    public static void Configure(ModelConfigurationBuilder builder)
    {
        builder.Properties<ReportId>().HaveConversion<ReportIdForm>();
        builder.Properties<decimal>().HaveConversion<FenForm>();
        builder.Properties<ReportState>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<MatterKind>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<Channel>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<Anonymity>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<Finding>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<SupervisionStep>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<ClockKind>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<ActorKind>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<Role>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<EvidencePurpose>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<RewardState>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<Ballot>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<ErasureReason>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<RevealReason>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<KeyPurpose>().HaveConversion<string>().HaveMaxLength(40);
        builder.Properties<IReadOnlyList<string>>().HaveConversion<ListForm<string>, ListComparer<string>>();
        builder.Properties<IReadOnlyList<Guid>>().HaveConversion<ListForm<Guid>, ListComparer<Guid>>();
        builder.Properties<IReadOnlyList<Role>>().HaveConversion<ListForm<Role>, ListComparer<Role>>();
        builder.Properties<IReadOnlyList<IneligibleReason>>().HaveConversion<ListForm<IneligibleReason>, ListComparer<IneligibleReason>>();
    }

    private sealed class ReportIdForm() : ValueConverter<ReportId, Guid>(id => id.Value, value => new ReportId(value));

    private sealed class FenForm() : ValueConverter<decimal, long>(yuan => (long)(yuan * 100m), fen => fen / 100m);

    private sealed class ListForm<T>() : ValueConverter<IReadOnlyList<T>, string>(
        list => JsonSerializer.Serialize(list, (JsonSerializerOptions?)null),
        json => JsonSerializer.Deserialize<List<T>>(json, (JsonSerializerOptions?)null)!);

    private sealed class ListComparer<T>() : ValueComparer<IReadOnlyList<T>>(
        (a, b) => ReferenceEquals(a, b) || (a != null && b != null && a.SequenceEqual(b)),
        list => list.Aggregate(0, (hash, item) => HashCode.Combine(hash, item)),
        list => list.ToList());
}
