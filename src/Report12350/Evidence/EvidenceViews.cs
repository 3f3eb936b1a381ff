using System.Collections.Concurrent;
using Report12350.Staff;

namespace Report12350.Evidence;

/// <summary>Which files are being looked at (查看中的材料), so that a film seen in two hundred pieces is one look in the audit.</summary>
public sealed class EvidenceViews(TimeProvider time)
{
    /// <summary>Nothing was asked for in so long: the next is another look.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private const int Many = 10_000;

    private readonly ConcurrentDictionary<(Guid Session, Guid File), DateTimeOffset> looked = [];
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Notes a look before a byte is shown, unless the same person at the same sign-in is still at it. A restart begins anew: rather one too many.</summary>
    internal async Task NoteOnceAsync(CurrentStaff current, Guid file, Func<Task> note, CancellationToken cancellationToken)
    {
        var key = (current.SessionId!.Value, file);
        if (GoesOn(key))
            return;
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (GoesOn(key))
                return;
            await note();
            Forget();
            looked[key] = time.GetUtcNow();
        }
        finally
        {
            turn.Release();
        }
    }

    private bool GoesOn((Guid Session, Guid File) key)
    {
        var now = time.GetUtcNow();
        return looked.TryGetValue(key, out var last) && now - last < Pause && looked.TryUpdate(key, now, last);
    }

    private void Forget()
    {
        if (looked.Count < Many)
            return;
        var over = time.GetUtcNow() - Pause;
        foreach (var old in looked.Where(look => look.Value <= over))
            looked.TryRemove(old);
    }
}
