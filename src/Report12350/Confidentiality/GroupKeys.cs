using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Confidentiality;

/// <summary>A group's key of one generation, opened.</summary>
internal sealed record OpenedGroup(int Generation, KeyPair Pair);

/// <summary>Seals a report's keys for groups and opens them for the member who is signed in.</summary>
public sealed class GroupKeys(ReportsDbContext db, EraseKeys eraseKeys, CurrentStaff current)
{
    /// <summary>Entitles groups to a report's key. Those entitled already stay as they are, unless it is under a former key of theirs.</summary>
    public async Task EntitleAsync(ReportId report, ContentKey key, KeyPurpose purpose, IEnumerable<string> groups, CancellationToken cancellationToken)
    {
        var entitled = await db.ReportKeys.Where(k => k.ReportId == report && k.Purpose == purpose).ToListAsync(cancellationToken);
        foreach (var group in groups.Distinct(StringComparer.Ordinal))
        {
            var fresh = await SealedForAsync(report, key, purpose, group, cancellationToken);
            if (entitled.Find(k => k.GroupId == group) is not { } held)
                db.ReportKeys.Add(fresh);
            else if (held.Generation < fresh.Generation)
                (held.Generation, held.SealedKey) = (fresh.Generation, fresh.SealedKey);
        }
    }

    /// <summary>Takes a report's key away from departments no longer concerned.</summary>
    public async Task DisentitleAsync(ReportId report, IEnumerable<string> groups, CancellationToken cancellationToken)
    {
        var gone = groups.ToList();
        db.ReportKeys.RemoveRange(await db.ReportKeys.Where(k => k.ReportId == report && gone.Contains(k.GroupId)).ToListAsync(cancellationToken));
    }

    public async Task<ReportKey> SealedForAsync(ReportId report, ContentKey key, KeyPurpose purpose, string group, CancellationToken cancellationToken)
    {
        var now = await PresentAsync(group, cancellationToken);
        var with = await EraseKeyAsync(report, cancellationToken) ?? throw new NotFoundException();
        return new ReportKey
        {
            ReportId = report,
            GroupId = group,
            Purpose = purpose,
            Generation = now.Generation,
            SealedKey = SealedBox.Seal(now.PublicKey, key.Bytes, Places.ReportKey(report, group, now.Generation, purpose), with),
        };
    }

    /// <summary>Seals a value of a report that only a group's members may open, and only while the report has its erase key.</summary>
    /// <exception cref="NotFoundException">The report's erase key was destroyed.</exception>
    public async Task<byte[]> SealForGroupAsync(ReportId report, string group, ReadOnlyMemory<byte> value, Place place, CancellationToken cancellationToken)
    {
        var with = await EraseKeyAsync(report, cancellationToken) ?? throw new NotFoundException();
        return SealedBox.Seal((await PresentAsync(group, cancellationToken)).PublicKey, value.Span, place, with);
    }

    /// <summary>Opens such a value, under whichever of the group's keys it lies; null when the person signed in is no member, or the report's erase key was destroyed.</summary>
    public async Task<byte[]?> OpenForGroupAsync(ReportId report, string group, byte[] box, Place place, CancellationToken cancellationToken)
    {
        var keys = await OpenGroupAsync(group, cancellationToken);
        if (keys.Count == 0 || await EraseKeyAsync(report, cancellationToken) is not { } with)
            return null;
        foreach (var key in keys.SkipLast(1))
        {
            if (SealedBox.TryOpen(key.Pair, box, place, with) is { } opened)
                return opened;
        }

        return SealedBox.Open(keys[^1].Pair, box, place, with);
    }

    /// <summary>The group's keys that the person signed in holds, newest first; none when they are no member.</summary>
    internal async Task<IReadOnlyList<OpenedGroup>> OpenGroupAsync(string group, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person || current.Key is not { } own)
            return [];
        var copies = await db.GroupMembers.AsNoTracking().Where(m => m.GroupId == group && m.StaffId == person.Id)
            .OrderByDescending(m => m.Generation).ToListAsync(cancellationToken);
        return [.. copies.Select(copy => Opened(copy, own))];
    }

    /// <summary>A report's key, if the person signed in belongs to a group entitled to it.</summary>
    internal async Task<ContentKey?> OpenAsync(ReportId report, KeyPurpose purpose, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person || current.Key is not { } own)
            return null;
        var entitled = await db.ReportKeys.AsNoTracking().Where(k => k.ReportId == report && k.Purpose == purpose)
            .Join(db.GroupMembers.Where(m => m.StaffId == person.Id), k => new { k.GroupId, k.Generation }, m => new { m.GroupId, m.Generation }, (k, m) => new { Key = k, Member = m })
            .FirstOrDefaultAsync(cancellationToken);
        return entitled is not null && await EraseKeyAsync(report, cancellationToken) is { } with
            ? ContentKey.From(Open(entitled.Key, Opened(entitled.Member, own).Pair, with))
            : null;
    }

    /// <summary>The group's present key.</summary>
    internal async Task<KeyGroup> PresentAsync(string group, CancellationToken cancellationToken) =>
        await db.KeyGroups.AsNoTracking().Where(g => g.Id == group).OrderByDescending(g => g.Generation).FirstOrDefaultAsync(cancellationToken)
        ?? throw new InvalidOperationException($"There is no key group {group}.");

    /// <summary>Admits a member: the private half, opened by a member or the recovery key, is sealed to the newcomer.</summary>
    internal static GroupMember Admit(string group, OpenedGroup opened, StaffMember newcomer) => new()
    {
        GroupId = group,
        Generation = opened.Generation,
        StaffId = newcomer.Id,
        SealedPrivateKey = SealedBox.Seal(newcomer.PublicKey, opened.Pair.PrivateKey, Places.GroupMember(group, opened.Generation, newcomer.Id)),
    };

    internal static KeyGroup NewGroup(string group, int generation, KeyPair pair, byte[] recovery) => new()
    {
        Id = group,
        Generation = generation,
        PublicKey = pair.PublicKey,
        SealedForRecovery = SealedBox.Seal(recovery, pair.PrivateKey, Places.GroupForRecovery(group, generation)),
    };

    internal static OpenedGroup Opened(GroupMember copy, KeyPair own) =>
        new(copy.Generation, KeyPair.From(SealedBox.Open(own, copy.SealedPrivateKey, Places.GroupMember(copy.GroupId, copy.Generation, copy.StaffId))));

    /// <summary>Null when it is not this paper's key.</summary>
    internal static OpenedGroup? OpenWithRecovery(KeyGroup group, KeyPair recovery) =>
        SealedBox.TryOpen(recovery, group.SealedForRecovery, Places.GroupForRecovery(group.Id, group.Generation)) is { } key
            ? new OpenedGroup(group.Generation, KeyPair.From(key))
            : null;

    internal static byte[] Open(ReportKey key, KeyPair group, EraseKey with) =>
        SealedBox.Open(group, key.SealedKey, Places.ReportKey(key.ReportId, key.GroupId, key.Generation, key.Purpose), with);

    internal static bool Opens(ReportKey key, KeyPair group, EraseKey with) =>
        SealedBox.TryOpen(group, key.SealedKey, Places.ReportKey(key.ReportId, key.GroupId, key.Generation, key.Purpose), with) is not null;

    /// <summary>Null when there is no such report or its erase key was destroyed.</summary>
    internal async Task<EraseKey?> EraseKeyAsync(ReportId report, CancellationToken cancellationToken)
    {
        var id = db.Reports.Local.FirstOrDefault(r => r.Id == report)?.EraseKeyId
            ?? await db.Reports.Where(r => r.Id == report).Select(r => r.EraseKeyId).FirstOrDefaultAsync(cancellationToken);
        return id is null ? null : eraseKeys.Find(id);
    }
}
