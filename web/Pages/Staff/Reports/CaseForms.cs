using Microsoft.AspNetCore.Http;
using Report12350.Domain.Evidence;
using Report12350.Domain.Identity;
using Report12350.Domain.Reports;
using Report12350.Rectification;
using Report12350.Verification;

namespace Report12350.Web.Pages.Staff.Reports;

/// <summary>What an officer types into the forms of a report's page (办理表单); each form and field is named as the use case names it.</summary>
public sealed class CaseForms
{
    public DeclineForm Decline { get; set; } = new();

    public TransferForm Transfer { get; set; } = new();

    public ReferralForm Refer { get; set; } = new();

    public ReferralForm Designate { get; set; } = new();

    public ReasonForm Contest { get; set; } = new();

    public RecordForm RecordVerification { get; set; } = new();

    public ExtendForm Extend { get; set; } = new();

    public ReasonForm PauseClock { get; set; } = new();

    public ConcludeForm Conclude { get; set; } = new();

    public ReasonForm OrganiseReverification { get; set; } = new();

    public OrderForm OrderRectification { get; set; } = new();

    public AddItemForm AddRectificationItem { get; set; } = new();

    public CompleteForm CompleteRectificationItem { get; set; } = new();

    public ExtendItemForm ExtendRectificationItem { get; set; } = new();

    public TextForm SubmitForCloseOut { get; set; } = new();

    public PassForm PassCloseOut { get; set; } = new();

    public FailForm FailCloseOut { get; set; } = new();

    public FeedbackForm GiveFeedback { get; set; } = new();

    public DecisionForm Uphold { get; set; } = new();

    public DecisionForm Overturn { get; set; } = new();

    public MergeForm Merge { get; set; } = new();

    public LinkForm Link { get; set; } = new();

    public ReasonForm ListForSupervision { get; set; } = new();

    public StepForm TakeSupervisionStep { get; set; } = new();

    public ReasonForm Delist { get; set; } = new();

    public ReplyForm ReplyToReporter { get; set; } = new();

    public TextForm AddNote { get; set; } = new();

    public EvidenceForm AddEvidence { get; set; } = new();

    public BlockForm BlockOfficer { get; set; } = new();

    public ReasonForm DeclareConflict { get; set; } = new();

    public BlockForm LiftBlock { get; set; } = new();

    public RevealForm RequestReveal { get; set; } = new();
}

public sealed class ReasonForm
{
    public string? Reason { get; set; }
}

public sealed class BlockForm
{
    public Guid? Officer { get; set; }

    public string? Reason { get; set; }
}

public sealed class RevealForm
{
    public RevealReason? Reason { get; set; }

    public string? Why { get; set; }
}

public sealed class TextForm
{
    public string? Text { get; set; }
}

public sealed class DecisionForm
{
    public string? Decision { get; set; }
}

public sealed class ReplyForm
{
    public string? Html { get; set; }
}

public sealed class DeclineForm
{
    public DeclineReason? Reason { get; set; }

    public string? Explanation { get; set; }
}

public sealed class TransferForm
{
    public string? To { get; set; }

    public string? Explanation { get; set; }
}

public sealed class ReferralForm
{
    public string? Lead { get; set; }

    public List<string> Assist { get; set; } = [];

    public string? Reason { get; set; }
}

public sealed class RecordForm
{
    public VerificationRecordContent Record { get; set; } = new();
}

public sealed class ExtendForm
{
    public int? Days { get; set; }

    public string? Reason { get; set; }
}

public sealed class ConcludeForm
{
    public Finding? Finding { get; set; }

    public MatterKind? FoundKind { get; set; }

    public string? Facts { get; set; }
}

public sealed class MeasureForm
{
    public string? Measure { get; set; }

    public string? Owner { get; set; }

    public string? Funds { get; set; }

    public string? InterimMeasures { get; set; }

    public DateOnly? DueOn { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(Measure + Owner + Funds + InterimMeasures) && DueOn is null;

    public OrderedMeasure Ordered() => new(Measure, Owner, Funds, InterimMeasures, DueOn);
}

public sealed class OrderForm
{
    public const int Lines = 5;

    public List<MeasureForm> Items { get; set; } = [];
}

public sealed class AddItemForm
{
    public MeasureForm Item { get; set; } = new();
}

public sealed class CompleteForm
{
    public Guid? Item { get; set; }

    public string? Outcome { get; set; }

    public List<IFormFile> Before { get; set; } = [];

    public List<IFormFile> After { get; set; } = [];
}

public sealed class ExtendItemForm
{
    public Guid? Item { get; set; }

    public DateOnly? DueOn { get; set; }

    public string? Reason { get; set; }
}

public sealed class PassForm
{
    public string? Review { get; set; }

    public List<IFormFile> Photographs { get; set; } = [];
}

public sealed class FailForm
{
    public string? Review { get; set; }

    public MeasureForm Further { get; set; } = new();
}

public sealed class FeedbackForm
{
    public string? Conclusion { get; set; }

    public string? Facts { get; set; }

    public string? Decision { get; set; }

    public string? RewardEligibility { get; set; }
}

public sealed class MergeForm
{
    public string? Into { get; set; }
}

public sealed class LinkForm
{
    public string? To { get; set; }
}

public sealed class StepForm
{
    public SupervisionStep? Step { get; set; }

    public string? Text { get; set; }
}

public sealed class EvidenceForm
{
    public EvidencePurpose Purpose { get; set; } = EvidencePurpose.Verification;

    public List<IFormFile> Files { get; set; } = [];
}
