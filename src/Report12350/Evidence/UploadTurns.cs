namespace Report12350.Evidence;

/// <summary>One at a time works at an upload (上传次序). Who comes later sends the earlier one away: that connection is dead more often than not.</summary>
public sealed class UploadTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Turn> turns = [];

    internal async Task<Turn> TakeAsync(Guid upload)
    {
        var mine = new Turn(this, upload);
        Turn? before;
        lock (gate)
        {
            before = turns.GetValueOrDefault(upload);
            turns[upload] = mine;
        }

        if (before is not null)
            await before.GiveWayAsync();
        return mine;
    }

    internal sealed class Turn(UploadTurns turns, Guid upload) : IDisposable
    {
        private readonly CancellationTokenSource sentAway = new();
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken SentAway => sentAway.Token;

        /// <summary>What came is put in order before the next one begins.</summary>
        public async Task GiveWayAsync()
        {
            await sentAway.CancelAsync();
            await over.Task;
        }

        public void Dispose()
        {
            lock (turns.gate)
            {
                if (turns.turns.GetValueOrDefault(upload) == this)
                    turns.turns.Remove(upload);
            }

            over.TrySetResult();
        }
    }
}
