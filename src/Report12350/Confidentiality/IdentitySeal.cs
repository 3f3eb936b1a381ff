using System.Text;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Messaging;
using Report12350.Staff;

namespace Report12350.Confidentiality;

/// <summary>Who the reporter is (举报人身份密封): a custodian hands its key to one person, and only that person's own key opens it.</summary>
public sealed class IdentitySeal(GroupKeys groups, EraseKeys eraseKeys, CurrentStaff current)
{
    /// <summary>The reason in words, for the custodians' group.</summary>
    internal async Task<Sealed> SealWhyAsync(ReportId report, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = Guid.CreateVersion7(now);
        return new Sealed(row, await groups.SealForGroupAsync(report, Groups.Custodians, Encoding.UTF8.GetBytes(why.Trim()), Places.RevealWhy(row), cancellationToken));
    }

    /// <exception cref="NotPermittedException">Not admitted to the custodians' keys.</exception>
    internal async Task<string> WhyAsync(RevealRequest asked, CancellationToken cancellationToken)
    {
        var why = await groups.OpenForGroupAsync(asked.ReportId, Groups.Custodians, asked.SealedWhy, Places.RevealWhy(asked.Id), cancellationToken);
        return Encoding.UTF8.GetString(why ?? throw new NotPermittedException());
    }

    /// <summary>Passes the identity's key from the custodians to one person. What it opens is not opened here.</summary>
    internal async Task<byte[]> HandOverAsync(RevealRequest asked, StaffMember to, CancellationToken cancellationToken)
    {
        var key = await groups.OpenAsync(asked.ReportId, KeyPurpose.Identity, cancellationToken) ?? throw new NotPermittedException();
        var with = await groups.EraseKeyAsync(asked.ReportId, cancellationToken) ?? throw new NotFoundException();
        return SealedBox.Seal(to.PublicKey, key.Bytes, Places.RevealedKey(asked.Id), with);
    }

    internal async Task<byte[]> SealAnswerAsync(RevealRequest asked, StaffMember to, string answer, CancellationToken cancellationToken)
    {
        var with = await groups.EraseKeyAsync(asked.ReportId, cancellationToken) ?? throw new NotFoundException();
        return SealedBox.Seal(to.PublicKey, Encoding.UTF8.GetBytes(answer.Trim()), Places.RevealAnswer(asked.Id), with);
    }

    /// <summary>Why not; null for everybody but the person who asked.</summary>
    internal string? Answer(RevealRequest asked, Report report) =>
        asked.SealedAnswer is { } answer && asked.RequestedBy == current.Person?.Id
            ? Encoding.UTF8.GetString(OpenOwn(report, answer, Places.RevealAnswer(asked.Id)))
            : null;

    /// <summary>Opens the identity with the key that was handed to the person signed in.</summary>
    internal T Open<T>(RevealRequest asked, Report report)
    {
        var key = ContentKey.From(OpenOwn(report, asked.SealedKey!, Places.RevealedKey(asked.Id)));
        return key.OpenJson<T>(report.SealedIdentity!, Places.Identity(report.Id));
    }

    private byte[] OpenOwn(Report report, byte[] box, Place place) =>
        SealedBox.Open(current.Key ?? throw new NotPermittedException(), box, place, eraseKeys.Find(report.EraseKeyId) ?? throw new NotFoundException());
}
