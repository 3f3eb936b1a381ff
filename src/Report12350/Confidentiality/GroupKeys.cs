using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Confidentiality;

/// <summary>Public halves of the groups' keys; they never change, so they are read once.</summary>
public sealed class GroupDirectory
{
    private readonly ConcurrentDictionary<string, byte[]> publicKeys = new(StringComparer.Ordinal);

    internal async Task<byte[]> PublicKeyAsync(ReportsDbContext db, string group, CancellationToken cancellationToken)
    {
        if (publicKeys.TryGetValue(group, out var known))
            return known;
        var found = await db.KeyGroups.AsNoTracking().FirstOrDefaultAsync(g => g.Id == group, cancellationToken)
            ?? throw new InvalidOperationException($"There is no key group {group}.");
        return publicKeys.GetOrAdd(group, found.PublicKey);
    }
}

/// <summary>Seals a report's keys for groups and opens them for the member who is signed in.</summary>
public sealed class GroupKeys(ReportsDbContext db, GroupDirectory directory, EraseKeys eraseKeys, CurrentStaff current)
{
    /// <summary>Entitles groups to a report's key. Those entitled already stay as they are.</summary>
    public async Task EntitleAsync(ReportId report, ContentKey key, KeyPurpose purpose, IEnumerable<string> groups, CancellationToken cancellationToken)
    {
        var entitled = await db.ReportKeys.Where(k => k.ReportId == report && k.Purpose == purpose).Select(k => k.GroupId).ToListAsync(cancellationToken);
        foreach (var group in groups.Distinct(StringComparer.Ordinal).Except(entitled, StringComparer.Ordinal))
            db.ReportKeys.Add(await SealedForAsync(report, key, purpose, group, cancellationToken));
    }

    /// <summary>Takes a report's key away from departments no longer concerned.</summary>
    public async Task DisentitleAsync(ReportId report, IEnumerable<string> groups, CancellationToken cancellationToken)
    {
        var gone = groups.ToList();
        db.ReportKeys.RemoveRange(await db.ReportKeys.Where(k => k.ReportId == report && gone.Contains(k.GroupId)).ToListAsync(cancellationToken));
    }

    public async Task<ReportKey> SealedForAsync(ReportId report, ContentKey key, KeyPurpose purpose, string group, CancellationToken cancellationToken) => new()
    {
        ReportId = report,
        GroupId = group,
        Purpose = purpose,
        SealedKey = await SealForGroupAsync(report, group, key.Bytes.ToArray(), Places.ReportKey(report, group, purpose), cancellationToken),
    };

    /// <summary>Seals a value of a report that only a group's members may open, and only while the report has its erase key.</summary>
    /// <exception cref="NotFoundException">The report's erase key was destroyed.</exception>
    public async Task<byte[]> SealForGroupAsync(ReportId report, string group, ReadOnlyMemory<byte> value, Place place, CancellationToken cancellationToken)
    {
        var with = await EraseKeyAsync(report, cancellationToken) ?? throw new NotFoundException();
        return SealedBox.Seal(await directory.PublicKeyAsync(db, group, cancellationToken), value.Span, place, with);
    }

    /// <summary>Opens such a value; null when the person signed in is no member, or the report's erase key was destroyed.</summary>
    public async Task<byte[]?> OpenForGroupAsync(ReportId report, string group, byte[] box, Place place, CancellationToken cancellationToken) =>
        await OpenGroupAsync(group, cancellationToken) is { } key && await EraseKeyAsync(report, cancellationToken) is { } with
            ? SealedBox.Open(key, box, place, with)
            : null;

    /// <summary>The group's key, if the person signed in is a member.</summary>
    public async Task<KeyPair?> OpenGroupAsync(string group, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person || current.Key is not { } own)
            return null;
        var membership = await db.GroupMembers.AsNoTracking().FirstOrDefaultAsync(m => m.GroupId == group && m.StaffId == person.Id, cancellationToken);
        return membership is null ? null : KeyPair.From(SealedBox.Open(own, membership.SealedPrivateKey, Places.GroupMember(group, person.Id)));
    }

    /// <summary>A report's key, if the person signed in belongs to a group entitled to it.</summary>
    internal async Task<ContentKey?> OpenAsync(ReportId report, KeyPurpose purpose, CancellationToken cancellationToken)
    {
        if (current.Person is not { } person || current.Key is not { } own)
            return null;
        var entitled = await db.ReportKeys.AsNoTracking().Where(k => k.ReportId == report && k.Purpose == purpose)
            .Join(db.GroupMembers.Where(m => m.StaffId == person.Id), k => k.GroupId, m => m.GroupId, (k, m) => new { Key = k, Member = m })
            .FirstOrDefaultAsync(cancellationToken);
        if (entitled is null || await EraseKeyAsync(report, cancellationToken) is not { } with)
            return null;
        var group = KeyPair.From(SealedBox.Open(own, entitled.Member.SealedPrivateKey, Places.GroupMember(entitled.Key.GroupId, person.Id)));
        return ContentKey.From(SealedBox.Open(group, entitled.Key.SealedKey, Places.ReportKey(report, entitled.Key.GroupId, purpose), with));
    }

    /// <summary>Admits a member: the private half, opened by a member or the recovery key, is sealed to the newcomer.</summary>
    internal GroupMember Admit(string group, KeyPair opened, StaffMember newcomer) => new()
    {
        GroupId = group,
        StaffId = newcomer.Id,
        SealedPrivateKey = SealedBox.Seal(newcomer.PublicKey, opened.PrivateKey, Places.GroupMember(group, newcomer.Id)),
    };

    /// <summary>Null when there is no such report or its erase key was destroyed.</summary>
    private async Task<EraseKey?> EraseKeyAsync(ReportId report, CancellationToken cancellationToken)
    {
        var id = db.Reports.Local.FirstOrDefault(r => r.Id == report)?.EraseKeyId
            ?? await db.Reports.Where(r => r.Id == report).Select(r => r.EraseKeyId).FirstOrDefaultAsync(cancellationToken);
        return id is null ? null : eraseKeys.Find(id);
    }

    internal static KeyPair OpenWithRecovery(KeyGroup group, KeyPair recovery)
    {
        try
        {
            return KeyPair.From(SealedBox.Open(recovery, group.SealedForRecovery, Places.GroupForRecovery(group.Id)));
        }
        catch (SealBrokenException)
        {
            throw new NotPermittedException();
        }
    }
}
