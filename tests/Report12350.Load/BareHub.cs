using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Report12350.Load;

/// <summary>What listeners cost at least in resident memory: the frameworks the site stands on, each used once, and nothing of ours.</summary>
internal static class BareHub
{
    public const string Path = "/hub";

    /// <summary>A database of one table that was asked once, Razor pages without a page, and the hub.</summary>
    public static Task ServeAsync(string folder, string certificate) => BareProcess.ServeAsync(
        certificate,
        services =>
        {
            services.AddDbContextPool<Database>(options => options.UseSqlite($"Data Source={System.IO.Path.Combine(folder, "bare.db")}"));
            services.AddRazorPages();
            services.AddSignalR();
        },
        bare =>
        {
            using (var scope = bare.Services.CreateScope())
            {
                var database = scope.ServiceProvider.GetRequiredService<Database>();
                database.Database.EnsureCreated();
                _ = database.Rows.Count(row => row.Text == "");
            }

            bare.MapRazorPages();
            bare.MapHub<Silent>(Path);
        });

    /// <summary>Says nothing; who listens only stays.</summary>
    internal sealed class Silent : Hub;

    internal sealed class Row
    {
        public int Id { get; init; }

        public required string Text { get; init; }
    }

    internal sealed class Database(DbContextOptions<Database> options) : DbContext(options)
    {
        public DbSet<Row> Rows => Set<Row>();
    }
}
