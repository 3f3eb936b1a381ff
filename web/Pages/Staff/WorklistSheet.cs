using System.Globalization;
using Report12350.Messaging;
using Report12350.Profiles;
using Report12350.Worklist;

namespace Report12350.Web.Pages.Staff;

/// <summary>待办导出表: the lines of the worklist in words, one a row.</summary>
public static class WorklistSheet
{
    private static readonly string[] Columns = ["number", "state", "kind", "sector", "town", "department", "filed", "clock", "due", "urgent", "supervision"];

    public static string Of(WorklistExport export, JurisdictionProfile profile, Texts texts)
    {
        var head = Csv.Line(Columns.Select(column => texts[$"worklist.column.{column}"]));
        var cut = export.IsCut ? Csv.Line(texts["worklist.export.cut", ExportWorklist.Most]) : "";
        return string.Concat(export.Rows.Select(row => Line(row, profile, texts)).Prepend(head).Append(cut));
    }

    private static string Line(WorklistRow row, JurisdictionProfile profile, Texts texts) => Csv.Line(
        row.Number,
        texts.Word(row.State),
        texts.Word(row.Kind),
        profile.SectorName(row.Sector, texts),
        profile.TownName(row.Town, texts),
        row.Department is null ? "" : profile.DepartmentName(row.Department, texts),
        Iso(row.FiledOn),
        row.Clock is { } clock ? texts.Word(clock) : "",
        row.DueAt is { } due ? Iso(profile.DeadlinesOn(row.FiledOn).LastDay(due)) : "",
        row.Urgent ? texts["shell.yes"] : "",
        row.Supervision is { } step ? texts.Word(step) : "");

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
