namespace Report12350;

/// <summary>Work done at the start and then every so often (定时任务); a turn that fails is said, and the next one tries again.</summary>
internal static class Turns
{
    /// <param name="failed">Gets the kind of the fault, never what it said.</param>
    public static async Task EveryAsync(TimeSpan turn, TimeProvider time, Func<CancellationToken, Task> work, Action<string> failed, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(turn, time);
        do
        {
            try
            {
                await work(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failed(exception.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
