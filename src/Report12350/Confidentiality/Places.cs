using Report12350.Domain.Reports;

namespace Report12350.Confidentiality;

/// <summary>Where each sealed value belongs; a value moved to another row or column fails to open.</summary>
internal static class Places
{
    public static Place Content(ReportId report) => new("Reports", "SealedContent", report.ToString());

    public static Place Identity(ReportId report) => new("Reports", "SealedIdentity", report.ToString());

    public static Place KeyForReceipt(ReportId report) => new("Reports", "KeyForReceipt", report.ToString());

    public static Place IdentityKeyForReceipt(ReportId report) => new("Reports", "IdentityKeyForReceipt", report.ToString());

    public static Place Fingerprint(ReportId report) => new("Fingerprints", "SealedFingerprint", report.ToString());

    public static Place ReportKey(ReportId report, string group, int generation, KeyPurpose purpose) => new("ReportKeys", purpose.ToString(), Of($"{report}/{group}/{generation}"));

    public static Place Timeline(Guid row) => new("Timeline", "SealedText", row.ToString("N"));

    public static Place Verification(Guid row) => new("VerificationRecords", "SealedContent", row.ToString("N"));

    public static Place ItemDetails(Guid row) => new("RectificationItems", "SealedDetails", row.ToString("N"));

    public static Place ItemOutcome(Guid row) => new("RectificationItems", "SealedOutcome", row.ToString("N"));

    public static Place Evidence(Guid row) => new("EvidenceFiles", "SealedDescription", row.ToString("N"));

    public static Place UploadSaid(Guid row) => new("EvidenceUploads", "SealedSaid", row.ToString("N"));

    public static Place UploadTail(Guid row) => new("EvidenceUploads", "SealedTail", row.ToString("N"));

    public static Place Masks(ReportId report) => new("MaskSheets", "SealedMasks", report.ToString());

    public static Place MaskedKey(ReportId report) => new("MaskSheets", "SealedKey", report.ToString());

    public static Place MaskedCopy(ReportId report) => new("MaskSheets", "SealedCopy", report.ToString());

    public static Place MaskedPicture(Guid row) => new("MaskedPictures", "SealedPicture", row.ToString("N"));

    public static Place Dossier(Guid claim) => new("RewardClaims", "SealedDossier", claim.ToString("N"));

    public static Place Arithmetic(Guid claim) => new("RewardClaims", "Arithmetic", claim.ToString("N"));

    public static Place Payee(Guid claim) => new("RewardClaims", "SealedPayee", claim.ToString("N"));

    public static Place VoteReason(Guid claim, Guid member) => new("CommitteeVotes", "SealedReason", $"{claim:N}/{member:N}");

    public static Place RevealWhy(Guid request) => new("RevealRequests", "SealedWhy", request.ToString("N"));

    public static Place RevealAnswer(Guid request) => new("RevealRequests", "SealedAnswer", request.ToString("N"));

    public static Place RevealedKey(Guid request) => new("RevealRequests", "SealedKey", request.ToString("N"));

    public static Place Draft(Guid draft) => new("Drafts", "SealedAnswers", draft.ToString("N"));

    public static Place Filed(Guid draft) => new("Drafts", "SealedFiled", draft.ToString("N"));

    public static Place Conversation(Guid conversation) => new("Conversations", "SealedState", conversation.ToString("N"));

    public static Place ConversationLine(Guid conversation, int sequence) =>
        new("ConversationLines", "SealedActivity", Of($"{conversation:N}/{sequence}"));

    public static Place HeldPass(Guid ticket, Guid conversation) => new("ConversationTickets", "SealedKey", $"held/{ticket:N}/{conversation:N}");

    public static Place ConversationTicket(Guid ticket, Guid conversation) => new("ConversationTickets", "SealedKey", $"{ticket:N}/{conversation:N}");

    public static Place StaffKey(Guid staff) => new("Staff", "SealedPrivateKey", staff.ToString("N"));

    public static Place Totp(Guid staff) => new("Staff", "SealedTotpSecret", staff.ToString("N"));

    public static Place Session(Guid session) => new("StaffSessions", "SealedPrivateKey", session.ToString("N"));

    public static Place GroupForRecovery(string group, int generation) => new("KeyGroups", "SealedForRecovery", Of($"{group}/{generation}"));

    public static Place GroupMember(string group, int generation, Guid staff) => new("GroupMembers", "SealedPrivateKey", Of($"{group}/{generation}/{staff:N}"));

    private static string Of(FormattableString row) => FormattableString.Invariant(row);
}
