using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Intake;

/// <summary>What the visitor's cookie holds: the draft's row and its key.</summary>
public sealed record DraftPass(Guid Id, byte[] Key)
{
    public static DraftPass New() => new(Guid.NewGuid(), RowPass.NewKey());

    public static DraftPass? Parse(string? cookie) => RowPass.Read(cookie) is var (id, key) ? new DraftPass(id, key) : null;

    public string ToCookie() => RowPass.Write(Id, Key);

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
