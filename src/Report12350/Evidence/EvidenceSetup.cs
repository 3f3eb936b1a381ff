using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Report12350.Data;
using Report12350.Evidence.Cleaning;
using Report12350.Scanning;

namespace Report12350.Evidence;

public enum EvidenceStore
{
    Folder,
    AzureBlob,
}

/// <summary>Where the one switch between the stores is read: <c>Evidence:Store</c>, <c>Evidence:Connection</c>, <c>Evidence:Container</c>.</summary>
public static class EvidenceSetup
{
    internal const string Folder = "evidence";

    public static IServiceCollection AddEvidence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => Open(configuration, configuration.GetValue("Evidence:Store", EvidenceStore.Folder)));
        services.AddSingleton<EvidenceFiles>();
        services.AddSingleton<Decoder>();
        services.AddSingleton<EvidenceCleaning>();
        services.AddSingleton(_ => new ImageView(new Decoder(configuration)));
        services.AddSingleton(_ => new EvidenceSpool(Path.Combine(DataFolder.Of(configuration), "spool")));
        services.AddSingleton(provider => new Clamd(Clamd.AddressOf(configuration["Scanning:Clamd"]), provider.GetRequiredService<ILogger<Clamd>>()));
        services.AddScoped<FilesTakenAway>();
        services.AddScoped<EvidenceScans>();
        services.AddSingleton<EvidenceViews>();
        services.AddScoped<EvidenceOpener>();
        services.AddScoped<EvidenceIntake>();
        services.AddScoped<DraftEvidence>();
        services.AddScoped<StaffEvidence>();
        services.AddSingleton<UploadTurns>();
        services.AddScoped<Uploads>();
        return services;
    }

    /// <exception cref="InvalidOperationException">The store is not described whole.</exception>
    public static IEvidenceStore Open(IConfiguration configuration, EvidenceStore store) => store is EvidenceStore.AzureBlob
        ? AzureBlobStore.At(
            configuration["Evidence:Connection"] ?? throw new InvalidOperationException("Evidence:Store is AzureBlob: Evidence:Connection must name the account."),
            configuration["Evidence:Container"] ?? "evidence")
        : new FolderStore(Path.Combine(DataFolder.Of(configuration), Folder));
}
