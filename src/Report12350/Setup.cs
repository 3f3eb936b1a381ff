using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Conversations;
using Report12350.Data;
using Report12350.Duplicates;
using Report12350.Evidence;
using Report12350.Identity;
using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Outbox;
using Report12350.Profiles;
using Report12350.Redaction;
using Report12350.Retention;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350;

/// <summary>Registers the system on its embedded defaults, or on what the configuration says instead.</summary>
public static class Setup
{
    public static IServiceCollection AddReport12350(this IServiceCollection services, IConfiguration configuration, params IReadOnlyList<System.Reflection.Assembly> handlers)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SiteAddress>();
        services.AddSingleton(ProfileLoader.Load(configuration["Profile:Folder"] ?? Path.Combine(AppContext.BaseDirectory, "profiles", "haifeng")));
        services.AddSingleton(_ => KeyRing.Open(DataFolder.Of(configuration)));
        services.AddSingleton<EraseKeys>();
        services.AddSingleton<ReceiptDerivation>();
        services.AddSingleton(provider => new ReceiptMint(provider.GetRequiredService<ReceiptDerivation>(), configuration.GetValue("Receipts:Ready", 512)));
        services.AddHostedService(provider => provider.GetRequiredService<ReceiptMint>());
        services.AddSingleton<CookieSeal>();
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<SiteSignature>();
        services.AddSingleton<Fingerprints>();
        services.AddSingleton<OpenFingerprints>();
        services.AddSingleton<OutboxSignal>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddHostedService<ExpiredDrafts>();
        services.AddSingleton<ChatToken>();
        services.AddSingleton<ChannelPasses>();
        services.AddSingleton<OpenStreams>();
        services.AddHostedService<StreamWatch>();
        services.AddSingleton(new PasswordRules(BreachedPasswords.From(configuration["Security:BreachedPasswords"])));
        services.AddSingleton<SignInSecrets>();
        services.AddScoped<SignInPatience>();
        services.AddScoped<Passkeys>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<Deactivation>();
        services.AddScoped<Reinvitation>();
        services.AddScoped<RecoveryPaper>();
        services.AddScoped<NewKeyRing>();
        services.AddScoped<CurrentStaff>();
        services.AddScoped<LiveSessions>();
        services.AddScoped<GroupKeys>();
        services.AddScoped<GroupRenewal>();
        services.AddSingleton<ConflictMarks>();
        services.AddScoped<ConflictBlocks>();
        services.AddScoped<IdentitySeal>();
        services.AddSingleton<EndedReveals>();
        services.AddHostedService(provider => provider.GetRequiredService<EndedReveals>());
        services.AddScoped<AuditTrail>();
        services.AddScoped<AuditChain>();
        services.AddSingleton<AuditWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditWatch>());
        services.AddScoped<ReportOpener>();
        services.AddScoped<Installation>();
        services.AddScoped<RewardDossiers>();
        services.AddScoped<OverturnedRewards>();
        services.AddScoped<MaskedCopies>();
        services.AddScoped<MaskedPictures>();
        services.AddScoped<VoteCount>();
        services.AddSingleton<ClaimPasses>();
        services.AddSingleton<TriedNumbers>();
        services.AddSingleton<ForfeitOverdueClaims>();
        services.AddHostedService(provider => provider.GetRequiredService<ForfeitOverdueClaims>());
        services.AddScoped<DueReports>();
        services.AddSingleton<RetentionRun>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionRun>());
        services.AddEvidence(configuration);
        services.AddDatabase(configuration);
        services.AddMessaging(handlers);
        return services;
    }
}
