using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Routing;

/// <summary>Keys follow the referral (转办随钥): departments concerned can open the report, departments no longer concerned can't.</summary>
internal static class ReferralKeys
{
    public static IReadOnlyList<string> Concerned(this Report report) =>
        [.. report.AssistDepartments.Concat(report.LeadDepartment is { } lead ? [lead] : []).Distinct(StringComparer.Ordinal)];

    /// <param name="former">Departments concerned before the report moved.</param>
    public static async Task FollowAsync(this GroupKeys groups, OpenedReport opened, Report report, IReadOnlyList<string> former, CancellationToken cancellationToken)
    {
        var now = report.Concerned();
        await groups.DisentitleAsync(report.Id, former.Except(now, StringComparer.Ordinal).Select(Groups.OfDepartment), cancellationToken);
        await groups.EntitleAsync(
            report.Id, opened.Key, KeyPurpose.Content, now.Select(Groups.OfDepartment).Append(Groups.Supervisors), cancellationToken);
    }
}
