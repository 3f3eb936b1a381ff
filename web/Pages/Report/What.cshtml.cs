using System.Globalization;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Report12350.Profiles;

namespace Report12350.Web.Pages.Filing;

/// <summary>举报内容: what happened, and the sector's own questions.</summary>
public sealed class WhatModel(IMediator mediator, JurisdictionProfile profile) : QuestionPage(mediator, profile)
{
    public override string Question => "what";

    public IReadOnlyList<SectorQuestion> Questions => Profile.FindSector(Answers.Sector)?.Questions ?? [];

    [BindProperty]
    public string? Narrative { get; set; }

    [BindProperty]
    public Dictionary<string, string?> SectorAnswers { get; set; } = [];

    [BindProperty]
    public string? Witnesses { get; set; }

    [BindProperty]
    public string? ReportedElsewhere { get; set; }

    public static string Label(SectorQuestion question, Texts texts) =>
        (texts.IsChinese ? question.TextZh : question.TextEn) + (question.Optional ? texts["shell.optional"] : "");

    protected override void Fill()
    {
        (Narrative, Witnesses, ReportedElsewhere) = (Answers.Narrative, Answers.Witnesses, Answers.ReportedElsewhere);
        SectorAnswers = Questions.ToDictionary(q => q.Id, q => Answers.SectorAnswers.GetValueOrDefault(q.Id), StringComparer.Ordinal);
    }

    protected override void Apply()
    {
        var said = Said(Narrative);
        if (said != Answers.Narrative)
            Draft.Done.Remove(FilingRoute.Criteria);
        (Answers.Narrative, Answers.Witnesses, Answers.ReportedElsewhere) = (said, Said(Witnesses), Said(ReportedElsewhere));
        foreach (var question in Questions)
            SectorAnswers.TryAdd(question.Id, null);
        Answers.SectorAnswers = Questions.Where(q => Said(SectorAnswers[q.Id]) is not null)
            .ToDictionary(q => q.Id, q => Said(SectorAnswers[q.Id])!, StringComparer.Ordinal);
    }

    // Faults count the answers: SectorAnswers[1] is the second one given.
    protected override string FieldOf(string property)
    {
        var field = base.FieldOf(property);
        return field.StartsWith("SectorAnswers[", StringComparison.Ordinal)
            && int.TryParse(field["SectorAnswers[".Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? $"SectorAnswers[{Answers.SectorAnswers.Keys.ElementAt(index)}]"
            : field;
    }
}
