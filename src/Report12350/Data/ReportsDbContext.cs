using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Conversations;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Domain.Rewards;
using Report12350.Evidence;
using Report12350.Duplicates;
using Report12350.Intake;
using Report12350.Outbox;
using Report12350.Retention;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350.Data;

/// <summary>The database. Saving a report or a reward saves the events it raised in the same transaction.</summary>
public abstract partial class ReportsDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Report> Reports => Set<Report>();

    public DbSet<ReportKey> ReportKeys => Set<ReportKey>();

    public DbSet<ConflictBlock> ConflictBlocks => Set<ConflictBlock>();

    public DbSet<ReportFingerprint> Fingerprints => Set<ReportFingerprint>();

    public DbSet<RevealRequest> RevealRequests => Set<RevealRequest>();

    public DbSet<EvidenceFile> EvidenceFiles => Set<EvidenceFile>();

    public DbSet<EvidenceUpload> EvidenceUploads => Set<EvidenceUpload>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    public DbSet<ErasureRequest> ErasureRequests => Set<ErasureRequest>();

    public DbSet<MaskSheet> MaskSheets => Set<MaskSheet>();

    public DbSet<MaskedPicture> MaskedPictures => Set<MaskedPicture>();

    public DbSet<SharingRecord> SharingRecords => Set<SharingRecord>();

    public DbSet<RewardClaim> RewardClaims => Set<RewardClaim>();

    public DbSet<RewardFund> RewardFunds => Set<RewardFund>();

    public DbSet<MatterAward> MatterAwards => Set<MatterAward>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationLine> ConversationLines => Set<ConversationLine>();

    public DbSet<ConversationTicket> ConversationTickets => Set<ConversationTicket>();

    public DbSet<StaffMember> Staff => Set<StaffMember>();

    public DbSet<StaffSession> StaffSessions => Set<StaffSession>();

    public DbSet<StaffRecoveryCode> StaffRecoveryCodes => Set<StaffRecoveryCode>();

    public DbSet<StaffPasskey> StaffPasskeys => Set<StaffPasskey>();

    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();

    public DbSet<SignInDelay> SignInDelays => Set<SignInDelay>();

    public DbSet<StaffInvitation> StaffInvitations => Set<StaffInvitation>();

    public DbSet<KeyGroup> KeyGroups => Set<KeyGroup>();

    public DbSet<KeyRingMark> KeyRingMarks => Set<KeyRingMark>();

    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<Counter> Counters => Set<Counter>();

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        SaveEvents();
        var noted = TakeNoted();
        if (noted.Count == 0)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        await using var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        Hold(Database.CurrentTransaction!.TransactionId, noted);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (own is not null)
            await own.CommitAsync(cancellationToken);
        return saved;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saved asynchronously only: events and audit go with it.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        StoredForms.Configure(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => Tables.Configure(modelBuilder);

    private void SaveEvents()
    {
        foreach (var report in ChangeTracker.Entries<Report>().Select(e => e.Entity).Where(r => r.Events.Count > 0).ToList())
        {
            foreach (var raised in report.Events)
                Save(raised, report.ChangedAt);
            report.EventsSaved();
        }

        foreach (var claim in ChangeTracker.Entries<RewardClaim>().Select(e => e.Entity).Where(c => c.Events.Count > 0).ToList())
        {
            foreach (var raised in claim.Events)
                Save(raised, claim.ChangedAt);
            claim.EventsSaved();
        }
    }

    private void Save(object raised, DateTimeOffset at) => Outbox.Add(new OutboxMessage
    {
        Type = raised.GetType().Name,
        Content = JsonSerializer.Serialize(raised, raised.GetType()),
        At = at,
    });
}
