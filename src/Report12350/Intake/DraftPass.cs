using System.Buffers.Text;
using System.Security.Cryptography;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Intake;

/// <summary>What the visitor's cookie holds: the draft's row and its key.</summary>
public sealed record DraftPass(Guid Id, byte[] Key)
{
    public static DraftPass New() => new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(Envelope.KeyLength));

    public static DraftPass? Parse(string? cookie)
    {
        if (cookie is not { Length: 64 } || !Base64Url.IsValid(cookie))
            return null;
        var bytes = Base64Url.DecodeFromChars(cookie);
        return new DraftPass(new Guid(bytes.AsSpan(0, 16)), bytes[16..]);
    }

    public string ToCookie() => Base64Url.EncodeToString([.. Id.ToByteArray(), .. Key]);

    public override string ToString() => "draft";

    internal byte[] Seal(DraftContent content) => Envelope.SealJson(Key, content, Places.Draft(Id));

    internal DraftContent Open(Draft draft) => Envelope.OpenJson<DraftContent>(Key, draft.SealedAnswers, Places.Draft(Id));

    internal byte[] Seal(FiledReport filed) => Envelope.SealJson(Key, filed, Places.Filed(Id));

    internal FiledReport? Filed(Draft draft) =>
        draft.SealedFiled is null ? null : Envelope.OpenJson<FiledReport>(Key, draft.SealedFiled, Places.Filed(Id));
}

/// <summary>Number and receipt, shown until the reporter says they are saved, and the filing proof.</summary>
public sealed record FiledReport(string Number, string Receipt, bool RewardWanted, DateOnly DecisionBy, Channel Channel, string Proof)
{
    public override string ToString() => "filed report";
}
