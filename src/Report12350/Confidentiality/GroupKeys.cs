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
public sealed class GroupKeys(ReportsDbContext db, GroupDirectory directory, CurrentStaff current)
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
        SealedKey = SealedBox.Seal(await directory.PublicKeyAsync(db, group, cancellationToken), key.Bytes, Places.ReportKey(report, group, purpose)),
    };

    /// <summary>Seals a value that only a group's members may open.</summary>
    public async Task<byte[]> SealForGroupAsync(string group, ReadOnlyMemory<byte> value, Place place, CancellationToken cancellationToken) =>
        SealedBox.Seal(await directory.PublicKeyAsync(db, group, cancellationToken), value.Span, place);

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
        if (entitled is null)
            return null;
        var group = KeyPair.From(SealedBox.Open(own, entitled.Member.SealedPrivateKey, Places.GroupMember(entitled.Key.GroupId, person.Id)));
        return ContentKey.From(SealedBox.Open(group, entitled.Key.SealedKey, Places.ReportKey(report, entitled.Key.GroupId, purpose)));
    }

    /// <summary>Admits a member: the private half, opened by a member or the recovery key, is sealed to the newcomer.</summary>
    internal GroupMember Admit(string group, KeyPair opened, StaffMember newcomer) => new()
    {
        GroupId = group,
        StaffId = newcomer.Id,
        SealedPrivateKey = SealedBox.Seal(newcomer.PublicKey, opened.PrivateKey, Places.GroupMember(group, newcomer.Id)),
    };

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
