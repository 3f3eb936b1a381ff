using Microsoft.EntityFrameworkCore;
using Report12350.Data;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Confidentiality;

/// <summary>换钥: a group gets a new key when a member leaves, and its members seal under it what lay under the former ones.</summary>
public sealed class GroupRenewal(ReportsDbContext db, GroupKeys groups, EraseKeys eraseKeys)
{
    /// <summary>How many report keys are sealed anew at once: a second's work.</summary>
    public const int Piece = 500;

    /// <summary>The person's copies go, and a copy they kept opens nothing that is sealed from now on. It takes nobody's old key.</summary>
    internal async Task LeaveAsync(Guid leaving, CancellationToken cancellationToken)
    {
        var copies = await db.GroupMembers.Where(m => m.StaffId == leaving).ToListAsync(cancellationToken);
        db.GroupMembers.RemoveRange(copies);
        var recovery = await groups.PresentAsync(Groups.Recovery, cancellationToken);
        foreach (var group in copies.Select(m => m.GroupId).Distinct(StringComparer.Ordinal))
            await RenewAsync(group, recovery.PublicKey, leaving, cancellationToken);
    }

    /// <summary>A new recovery key, and new keys for all groups under it; what the former paper opened, it opens no more once it is sealed anew.</summary>
    internal async Task<KeyPair> RenewRecoveryAsync(CancellationToken cancellationToken)
    {
        var pair = KeyPair.Generate();
        var former = await groups.PresentAsync(Groups.Recovery, cancellationToken);
        foreach (var group in await db.KeyGroups.Where(g => g.Id != Groups.Recovery).Select(g => g.Id).Distinct().ToListAsync(cancellationToken))
            await RenewAsync(group, pair.PublicKey, leaving: null, cancellationToken);
        db.KeyGroups.Add(new KeyGroup { Id = Groups.Recovery, Generation = former.Generation + 1, PublicKey = pair.PublicKey, SealedForRecovery = [] });
        return pair;
    }

    /// <summary>Seals anew one piece of what lies under the former keys that the person signed in holds; the answer is how many are left.</summary>
    /// <exception cref="NotPermittedException">They are no member.</exception>
    internal async Task<int> SealAnewAsync(string group, CancellationToken cancellationToken)
    {
        var keys = await groups.OpenGroupAsync(group, cancellationToken);
        if (keys.Count == 0)
            throw new NotPermittedException();
        var now = await groups.PresentAsync(group, cancellationToken);
        if (keys[0].Generation != now.Generation)
            throw new NotPermittedException();
        var former = keys.Skip(1).ToDictionary(key => key.Generation, key => key.Pair);
        var old = db.ReportKeys.Where(k => k.GroupId == group && former.Keys.Contains(k.Generation));
        var piece = await old.OrderBy(k => k.ReportId).Take(Piece).Join(db.Reports, k => k.ReportId, r => r.Id, (k, r) => new { Key = k, r.EraseKeyId }).ToListAsync(cancellationToken);
        foreach (var one in piece)
            SealAnew(one.Key, one.EraseKeyId, former[one.Key.Generation], now);
        await db.SaveChangesAsync(cancellationToken);
        var left = await old.CountAsync(cancellationToken);
        if (left == 0)
            await EmptyAsync(now, keys, cancellationToken);
        return left;
    }

    private async Task RenewAsync(string group, byte[] recovery, Guid? leaving, CancellationToken cancellationToken)
    {
        var former = (await groups.PresentAsync(group, cancellationToken)).Generation;
        if (await IsEmptyAsync(group, former, cancellationToken))
            await db.KeyGroups.Where(g => g.Id == group && g.Generation == former).ExecuteUpdateAsync(g => g.SetProperty(x => x.Emptied, true), cancellationToken);
        var generation = former + 1;
        var pair = KeyPair.Generate();
        db.KeyGroups.Add(GroupKeys.NewGroup(group, generation, pair, recovery));
        var staying = await db.Staff.Where(m => m.Active && m.Id != leaving && db.GroupMembers.Any(c => c.GroupId == group && c.StaffId == m.Id)).ToListAsync(cancellationToken);
        db.GroupMembers.AddRange(staying.Select(member => GroupKeys.Admit(group, new OpenedGroup(generation, pair), member)));
    }

    /// <summary>Then nobody has to seal anything anew.</summary>
    private async Task<bool> IsEmptyAsync(string group, int generation, CancellationToken cancellationToken) =>
        !await db.ReportKeys.AnyAsync(k => k.GroupId == group && k.Generation == generation, cancellationToken)
        && (group != Groups.Cashiers || !await db.RewardClaims.AnyAsync(c => c.SealedPayee != null, cancellationToken))
        && (group != Groups.Custodians || !await db.RevealRequests.AnyAsync(cancellationToken));

    /// <summary>What was erased meanwhile goes: nothing opens it.</summary>
    private void SealAnew(ReportKey key, string eraseKeyId, KeyPair former, KeyGroup now)
    {
        if (eraseKeys.Find(eraseKeyId) is not { } with)
        {
            db.ReportKeys.Remove(key);
            return;
        }

        var opened = GroupKeys.Open(key, former, with);
        key.Generation = now.Generation;
        key.SealedKey = SealedBox.Seal(now.PublicKey, opened, Places.ReportKey(key.ReportId, key.GroupId, now.Generation, key.Purpose), with);
    }

    /// <summary>The last piece: what is sealed for the group beside the reports' keys.</summary>
    private async Task EmptyAsync(KeyGroup now, IReadOnlyList<OpenedGroup> keys, CancellationToken cancellationToken)
    {
        if (now.Id == Groups.Cashiers)
        {
            foreach (var claim in await db.RewardClaims.Where(c => c.SealedPayee != null).ToListAsync(cancellationToken))
                claim.PayeeSealedAnew(await AnewAsync(claim.ReportId, claim.SealedPayee!, Places.Payee(claim.Id), keys, now, cancellationToken));
        }

        if (now.Id == Groups.Custodians)
        {
            foreach (var asked in await db.RevealRequests.ToListAsync(cancellationToken))
                asked.WhySealedAnew(await AnewAsync(asked.ReportId, asked.SealedWhy, Places.RevealWhy(asked.Id), keys, now, cancellationToken));
        }

        var held = keys.Skip(1).Select(key => key.Generation).ToList();
        await db.KeyGroups.Where(g => g.Id == now.Id && held.Contains(g.Generation)).ExecuteUpdateAsync(g => g.SetProperty(x => x.Emptied, true), cancellationToken);
    }

    /// <summary>As it is, when it lies under the present key already or nothing opens it.</summary>
    private async Task<byte[]> AnewAsync(ReportId report, byte[] box, Place place, IReadOnlyList<OpenedGroup> keys, KeyGroup now, CancellationToken cancellationToken)
    {
        if (await groups.EraseKeyAsync(report, cancellationToken) is not { } with || SealedBox.TryOpen(keys[0].Pair, box, place, with) is not null)
            return box;
        var opened = keys.Skip(1).Select(key => SealedBox.TryOpen(key.Pair, box, place, with)).FirstOrDefault(value => value is not null);
        return opened is null ? box : SealedBox.Seal(now.PublicKey, opened, place, with);
    }
}
