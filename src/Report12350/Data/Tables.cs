using Microsoft.EntityFrameworkCore;
using Report12350.Audit;
using Report12350.Confidentiality;
using Report12350.Conflicts;
using Report12350.Conversations;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Rectification;
using Report12350.Domain.Redaction;
using Report12350.Domain.Reports;
using Report12350.Domain.Retention;
using Report12350.Domain.Rewards;
using Report12350.Evidence;
using Report12350.Domain.Verification;
using Report12350.Duplicates;
using Report12350.Intake;
using Report12350.Outbox;
using Report12350.Retention;
using Report12350.Rewards;
using Report12350.Staff;

namespace Report12350.Data;

/// <summary>Tables, keys and indexes. Keys are made by the program, so a row knows its name before it is sealed.</summary>
internal static class Tables
{
    public static void Configure(ModelBuilder model)
    {
        ConfigureReports(model);
        ConfigureRewards(model);
        ConfigureStaff(model);
        ConfigureRetention(model);
        ConfigureRedaction(model);
        model.Entity<Draft>(draft =>
        {
            draft.Property(d => d.Id).ValueGeneratedNever();
            draft.HasIndex(d => d.ExpiresAt);
        });
        model.Entity<Conversation>(conversation =>
        {
            conversation.Property(c => c.Id).ValueGeneratedNever();
            conversation.HasIndex(c => c.ExpiresAt);
        });
        model.Entity<ConversationLine>().HasKey(l => new { l.ConversationId, l.Sequence });
        model.Entity<ConversationTicket>(ticket =>
        {
            ticket.Property(t => t.Id).ValueGeneratedNever();
            ticket.HasIndex(t => t.ConversationId);
            ticket.HasIndex(t => t.ExpiresAt);
        });
        model.Entity<OutboxMessage>().HasIndex(m => m.ParkedAt);
        model.Entity<Lease>().HasKey(l => l.Name);
        model.Entity<Counter>().HasKey(c => c.Name);
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("Audit");
            entry.Property(e => e.Id).ValueGeneratedNever();
            entry.HasIndex(e => e.ReportId);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("AuditHead");
            head.Property(h => h.Id).ValueGeneratedNever();
            head.HasData(new AuditHead { Sequence = 0, Hash = AuditSeal.Origin });
        });
        model.Entity<AuditCheckpoint>(checkpoint =>
        {
            checkpoint.HasKey(c => c.Sequence);
            checkpoint.Property(c => c.Sequence).ValueGeneratedNever();
        });
    }

    private static void ConfigureReports(ModelBuilder model)
    {
        model.Entity<Report>(report =>
        {
            report.Property(r => r.Id).ValueGeneratedNever();
            report.Property(r => r.Number).HasMaxLength(20);
            report.Property(r => r.EraseKeyId).HasMaxLength(40);
            report.Property(r => r.Sector).HasMaxLength(60);
            report.Property(r => r.Town).HasMaxLength(60);
            report.Property(r => r.LeadDepartment).HasMaxLength(60);
            report.Property(r => r.Version).IsConcurrencyToken();
            report.Ignore(r => r.Events).Ignore(r => r.AllowedActions).Ignore(r => r.IsSubstantiated);
            report.HasIndex(r => r.Number).IsUnique();
            report.HasIndex(r => r.LookupId).IsUnique();
            report.HasIndex(r => r.MatterId);
            report.HasIndex(r => r.ClosedAt);
            report.HasIndex(r => new { r.IsOpen, r.DueOrder, r.Number });
            report.HasIndex(r => new { r.LeadDepartment, r.IsOpen, r.DueOrder, r.Number });
            report.HasIndex(r => new { r.Officer, r.IsOpen, r.DueOrder, r.Number });
            report.HasIndex(r => new { r.State, r.DueOrder, r.Number });
            Children<Clock>(report, r => r.Clocks, "Clocks");
            Children<TimelineEntry>(report, r => r.Timeline, "Timeline");
            Children<VerificationRecord>(report, r => r.VerificationRecords, "VerificationRecords");
            Children<RectificationItem>(report, r => r.RectificationItems, "RectificationItems");
        });
        model.Entity<Clock>().Ignore(c => c.Runs).Ignore(c => c.IsWindow).Property(c => c.Id).ValueGeneratedNever();
        model.Entity<TimelineEntry>().Property(e => e.Id).ValueGeneratedNever();
        model.Entity<VerificationRecord>().Property(r => r.Id).ValueGeneratedNever();
        model.Entity<RectificationItem>().Property(i => i.Id).ValueGeneratedNever();
        model.Entity<ReportKey>().HasKey(k => new { k.ReportId, k.GroupId, k.Purpose });
        model.Entity<ReportKey>().HasIndex(k => new { k.GroupId, k.Generation });
        model.Entity<RevealRequest>(request =>
        {
            request.Property(r => r.Id).ValueGeneratedNever();
            request.Property(r => r.Version).IsConcurrencyToken();
            request.Property(r => r.Department).HasMaxLength(60);
            request.HasIndex(r => r.ReportId);
            request.HasIndex(r => r.RequestedBy);
        });
        model.Entity<ConflictBlock>().HasKey(b => new { b.MatterId, b.Person });
        model.Entity<ConflictBlock>().HasIndex(b => b.Person);
        model.Entity<ReportFingerprint>(fingerprint =>
        {
            fingerprint.HasKey(f => f.Number);
            fingerprint.Property(f => f.Number).HasMaxLength(20);
            fingerprint.HasIndex(f => f.ReportId).IsUnique();
            fingerprint.HasOne<Report>().WithOne().HasForeignKey<ReportFingerprint>(f => f.ReportId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<EvidenceFile>(file =>
        {
            file.Property(f => f.Id).ValueGeneratedNever();
            file.HasIndex(f => f.CopyId);
            file.HasIndex(f => f.ReportId);
            file.HasIndex(f => f.DraftId);
        });
        model.Entity<EvidenceUpload>(upload =>
        {
            upload.Property(u => u.Id).ValueGeneratedNever();
            upload.HasIndex(u => u.ReportId);
            upload.HasIndex(u => u.DraftId);
            upload.HasIndex(u => u.ExpiresAt);
        });
    }

    private static void Children<TChild>(
        Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Report> report,
        System.Linq.Expressions.Expression<Func<Report, IEnumerable<TChild>?>> list,
        string table)
        where TChild : class
    {
        report.HasMany(list).WithOne().HasForeignKey("ReportId").IsRequired().OnDelete(DeleteBehavior.Cascade);
        report.Navigation(((System.Linq.Expressions.MemberExpression)list.Body).Member.Name).UsePropertyAccessMode(PropertyAccessMode.Field);
        report.Metadata.Model.FindEntityType(typeof(TChild))!.SetTableName(table);
    }

    private static void ConfigureRewards(ModelBuilder model)
    {
        model.Entity<RewardClaim>(claim =>
        {
            claim.Property(c => c.Id).ValueGeneratedNever();
            claim.Property(c => c.Version).IsConcurrencyToken();
            claim.Ignore(c => c.Events);
            claim.HasIndex(c => c.ReportId).IsUnique();
            claim.HasIndex(c => c.Number).IsUnique();
            claim.HasIndex(c => c.State);
            claim.OwnsMany(c => c.Votes, vote =>
            {
                vote.ToTable("CommitteeVotes");
                vote.WithOwner().HasForeignKey("ClaimId");
                vote.HasKey("ClaimId", nameof(CommitteeVote.MemberId));
                vote.Property(v => v.MemberId).ValueGeneratedNever();
            }).Navigation(c => c.Votes).UsePropertyAccessMode(PropertyAccessMode.Field);
        });
        model.Entity<RewardFund>(fund =>
        {
            fund.HasKey(f => f.Year);
            fund.Property(f => f.Year).ValueGeneratedNever();
            fund.Property(f => f.Version).IsConcurrencyToken();
            fund.Ignore(f => f.Free);
        });
        model.Entity<MatterAward>().HasKey(a => a.MatterId);
        model.Entity<MatterAward>().Property(a => a.MatterId).ValueGeneratedNever();
    }

    private static void ConfigureRetention(ModelBuilder model)
    {
        model.Entity<ErasureRequest>().HasKey(e => e.ReportId);
        model.Entity<Tombstone>(tombstone =>
        {
            tombstone.HasKey(t => t.ReportId);
            tombstone.Property(t => t.Number).HasMaxLength(20);
            tombstone.Property(t => t.EraseKeyId).HasMaxLength(40);
            tombstone.HasIndex(t => t.Number).IsUnique();
            tombstone.HasIndex(t => t.LookupId);
            tombstone.HasIndex(t => t.ErasedAt);
        });
    }

    private static void ConfigureRedaction(ModelBuilder model)
    {
        model.Entity<MaskSheet>(sheet =>
        {
            sheet.HasKey(s => s.ReportId);
            sheet.Ignore(s => s.IsFixed);
            sheet.HasOne<Report>().WithOne().HasForeignKey<MaskSheet>(s => s.ReportId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<MaskedPicture>(picture =>
        {
            picture.Property(p => p.Id).ValueGeneratedNever();
            picture.HasOne<Report>().WithMany().HasForeignKey(p => p.ReportId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<SharingRecord>(shared =>
        {
            shared.Property(s => s.Id).ValueGeneratedNever();
            shared.Property(s => s.Number).HasMaxLength(20);
            shared.Property(s => s.Recipient).HasMaxLength(SharingRecord.LongestRecipient);
            shared.Property(s => s.Department).HasMaxLength(60);
            shared.HasIndex(s => s.ReportId);
        });
    }

    private static void ConfigureStaff(ModelBuilder model)
    {
        model.Entity<StaffMember>(member =>
        {
            member.ToTable("Staff");
            member.Property(m => m.Id).ValueGeneratedNever();
            member.HasIndex(m => m.SignInName).IsUnique();
            member.HasIndex(m => m.Account).IsUnique();
        });
        model.Entity<StaffSession>().Property(s => s.Id).ValueGeneratedNever();
        model.Entity<StaffSession>().HasIndex(s => s.StaffId);
        model.Entity<StaffRecoveryCode>().HasKey(c => new { c.StaffId, c.Hash });
        model.Entity<StaffPasskey>(passkey =>
        {
            passkey.Property(k => k.Id).ValueGeneratedNever();
            passkey.HasIndex(k => k.CredentialId).IsUnique();
            passkey.HasIndex(k => k.StaffId);
        });
        model.Entity<SpentChallenge>().Property(c => c.Id).ValueGeneratedNever();
        model.Entity<SignInDelay>().HasKey(d => d.Lane);
        model.Entity<SignInDelay>().HasIndex(d => d.At);
        model.Entity<StaffInvitation>().Property(i => i.Id).ValueGeneratedNever();
        model.Entity<KeyRingMark>().HasKey(m => m.Mark);
        model.Entity<KeyGroup>().HasKey(g => new { g.Id, g.Generation });
        model.Entity<GroupMember>().HasKey(m => new { m.GroupId, m.Generation, m.StaffId });
    }
}
