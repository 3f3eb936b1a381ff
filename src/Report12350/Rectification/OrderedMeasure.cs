using FluentValidation;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;
using Report12350.Tracking;

namespace Report12350.Rectification;

/// <summary>整改清单一项的内容: what is to be done, by whom, with what funds, and what holds until then; sealed whole.</summary>
public sealed record ItemContent(string Measure, string? Owner, string? Funds, string? InterimMeasures);

/// <summary>A measure as ordered (整改措施): its content and the day it is due.</summary>
public sealed record OrderedMeasure(string? Measure, string? Owner, string? Funds, string? InterimMeasures, DateOnly? DueOn)
{
    internal OrderedItem SealedFor(OpenedReport opened, DateTimeOffset now) =>
        new(DueOn!.Value, opened.SealItem(new ItemContent(Measure!.Trim(), Owner?.Trim(), Funds?.Trim(), InterimMeasures?.Trim()), now));
}

internal sealed class OrderedMeasureRules : AbstractValidator<OrderedMeasure>
{
    public OrderedMeasureRules()
    {
        RuleFor(m => m.Measure).Written();
        RuleFor(m => m.Owner).Line();
        RuleFor(m => m.Funds).LineIfAtAll();
        RuleFor(m => m.InterimMeasures).WrittenIfAtAll();
        RuleFor(m => m.DueOn).NotNull().WithMessage("casework.error.dueOn");
    }
}
