using Report12350.Load;

// dotnet run -c Release --project tests/Report12350.Load [-- filing receipt worklist duplicates trackers chat] [--reports 100000] [--trackers 1000] [--people 100]
// dotnet run -c Release --project tests/Report12350.Load -- timing [receipt claim sign-in] [--times 2000]
// dotnet run -c Release --project tests/Report12350.Load -- flood [--posts 10000] [--clients 64]
// dotnet run -c Release --project tests/Report12350.Load -- files [--large [--clamd 127.0.0.1:3310]]
// dotnet run -c Release --project tests/Report12350.Load -- trackers --bare [--trackers 1000]
if (args is [var what and ("sink" or "hub"), var folder, var certificate])
{
    await (what == "sink" ? BareSink.ServeAsync(folder, certificate) : BareHub.ServeAsync(folder, certificate));
    return 0;
}

return await Runs.AllAsync(args);
