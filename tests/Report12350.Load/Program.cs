using Report12350.Load;

// dotnet run -c Release --project tests/Report12350.Load [-- filing receipt worklist trackers] [--reports 100000] [--trackers 1000]
// dotnet run -c Release --project tests/Report12350.Load -- timing [--times 2000]
return await Runs.AllAsync(args);
