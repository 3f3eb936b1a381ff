using Report12350.Confidentiality;
using Report12350.Intake;

namespace Report12350.Evidence;

/// <summary>Who sends files bit by bit (材料提交人): the visitor with a draft, the reporter with the receipt, or one who is both.</summary>
public sealed record EvidenceHolder(DraftPass? Draft, OpenedReport? Report)
{
    public override string ToString() => "holder";
}
