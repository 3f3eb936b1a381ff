using Report12350.Intake;
using Report12350.Messaging;
using Report12350.Web;

namespace Report12350.Tests.Staff;

public sealed class AuditWordsTests
{
    private static readonly TextBook Book = TextBook.Load(strict: true);
    private static readonly Type[] Audited = [typeof(IActOnReport), typeof(IActOnReward), typeof(INeedRole), typeof(IConcernReport)];

    public static TheoryData<string> Acts() =>
    [
        .. typeof(AcceptReport).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && Audited.Any(mark => mark.IsAssignableFrom(type))).Select(type => type.Name),
        "OpenReport", "ReadEvidence", "DownloadEvidence", "ReadOriginal", "ReadDossier", "ReadMaskedCopy", "ReadPayee", "SignIn", "RecogniseAccount", "LookAtIdentity", "UseRecoveryCode", "UsePasskey",
    ];

    [Theory, MemberData(nameof(Acts))]
    public void What_the_audit_names_the_auditor_reads_in_words(string act) => Book.Has($"staff.audit.act.{act}").ShouldBeTrue(act);
}
