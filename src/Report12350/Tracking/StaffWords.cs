using FluentValidation;
using Report12350.Confidentiality;
using Report12350.Domain.Reports;

namespace Report12350.Tracking;

/// <summary>One way for every text an officer writes into a report's history (办理文字): checked, cleaned, then sealed.</summary>
internal static class StaffWords
{
    public const int LineLength = 200;

    public static Sealed SealWritten(this OpenedReport opened, string text, DateTimeOffset now) => opened.SealText(StaffText.Clean(text), now);

    public static Sealed? SealWrittenOrNone(this OpenedReport opened, string? text, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(text) ? null : opened.SealWritten(text, now);

    public static IRuleBuilderOptions<T, string?> Written<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().WithMessage("casework.error.textMissing").WrittenIfAtAll();

    public static IRuleBuilderOptions<T, string?> WrittenIfAtAll<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(StaffText.LongestText).WithMessage("casework.error.textLong");

    public static IRuleBuilderOptions<T, string?> Line<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().WithMessage("casework.error.lineMissing").LineIfAtAll();

    public static IRuleBuilderOptions<T, string?> LineIfAtAll<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(LineLength).WithMessage("casework.error.lineLong");
}
