using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Report12350.Web.Shell;

/// <summary>Draws the control of a question (控件) after its kind.</summary>
internal static class Controls
{
    public static IHtmlContent Draw(QuestionTagHelper question, Field field, Texts texts) => question.Kind switch
    {
        "textarea" => TextArea(question, field, texts),
        "select" => Select(question, field, texts),
        "radios" => Group(question, field, question.Options, "radio"),
        "checkboxes" => Group(question, field, question.Options, "checkbox"),
        "yesno" => Group(question, field, YesNo(texts), "radio"),
        "checkbox" => Tick(question, field),
        "money" => Money(question, field, texts),
        _ => Line(question, field),
    };

    private static Choice[] YesNo(Texts texts) => [new("True", texts["shell.yes"]), new("False", texts["shell.no"])];

    private static TagBuilder Control(string tag, QuestionTagHelper question, Field field)
    {
        var control = new TagBuilder(tag);
        control.Attributes["id"] = field.Id;
        control.Attributes["name"] = field.Name;
        field.Describe(control);
        Put(control, "autocomplete", question.Autocomplete);
        Put(control, "maxlength", question.Maxlength > 0 ? Number(question.Maxlength) : null);
        Put(control, "aria-required", question.Required ? "true" : null);
        return control;
    }

    private static TagBuilder Line(QuestionTagHelper question, Field field)
    {
        var (type, mode) = question.Kind switch
        {
            "number" => ("text", "numeric"),
            "tel" => ("tel", "tel"),
            "date" or "time" or "file" or "password" => (question.Kind, null),
            _ => ("text", (string?)null),
        };
        var input = Control("input", question, field);
        input.TagRenderMode = TagRenderMode.SelfClosing;
        input.Attributes["type"] = type;
        Put(input, "inputmode", question.Inputmode ?? mode);
        Put(input, "class", question.Width ?? (question.Kind is "number" or "date" or "time" ? "short" : null));
        Put(input, "min", question.Min);
        Put(input, "max", question.Max);
        if (type is not ("password" or "file"))
        {
            input.Attributes["value"] = field.Value;
        }

        return type == "file" ? WithFileOptions(input, question) : input;
    }

    private static TagBuilder WithFileOptions(TagBuilder input, QuestionTagHelper question)
    {
        Put(input, "accept", question.Accept);
        Put(input, "capture", question.Capture ? "environment" : null);
        Put(input, "multiple", question.Multiple ? "multiple" : null);
        return input;
    }

    private static IHtmlContent TextArea(QuestionTagHelper question, Field field, Texts texts)
    {
        var area = Control("textarea", question, field);
        area.Attributes["rows"] = Number(question.Rows);
        // A browser drops the first line break inside a text box.
        area.InnerHtml.AppendHtml("\n").Append(field.Value);
        if (question.Maxlength <= 0)
        {
            return area;
        }

        // The server answers for the limit; the browser only counts, so a pasted text isn't cut off in silence.
        area.Attributes.Remove("maxlength");
        area.Attributes["data-count"] = Number(question.Maxlength);
        area.Attributes["data-count-left"] = texts["shell.count.left"];
        area.Attributes["data-count-over"] = texts["shell.count.over"];
        var count = new TagBuilder("p");
        count.AddCssClass("count");
        count.Attributes["id"] = $"{field.Id}-count";
        count.InnerHtml.Append(texts["shell.count.limit", question.Maxlength]);
        return new HtmlContentBuilder().AppendHtml(area).AppendHtml(count);
    }

    private static TagBuilder Select(QuestionTagHelper question, Field field, Texts texts)
    {
        var select = Control("select", question, field);
        if (!question.Options.Any(o => string.IsNullOrEmpty(o.Value)))
        {
            select.InnerHtml.AppendHtml(Option(new SelectListItem(texts["shell.choose"], ""), false));
        }

        foreach (var group in question.Options.GroupBy(o => o.Group?.Name))
        {
            var target = group.Key is null ? select : new TagBuilder("optgroup");
            foreach (var item in group)
            {
                target.InnerHtml.AppendHtml(Option(item, field.Has(item.Value)));
            }

            if (group.Key is not null)
            {
                target.Attributes["label"] = group.Key;
                select.InnerHtml.AppendHtml(target);
            }
        }

        return select;
    }

    private static TagBuilder Option(SelectListItem item, bool selected)
    {
        var option = new TagBuilder("option");
        option.Attributes["value"] = item.Value;
        Put(option, "selected", selected ? "selected" : null);
        Put(option, "disabled", item.Disabled ? "disabled" : null);
        option.InnerHtml.Append(item.Text);
        return option;
    }

    private static TagBuilder Group(QuestionTagHelper question, Field field, IEnumerable<SelectListItem> items, string type)
    {
        var group = new TagBuilder("div");
        group.AddCssClass(question.Inline || question.Kind == "yesno" ? "choices inline" : "choices");
        var index = 0;
        foreach (var item in items)
        {
            var id = index == 0 ? field.Id : $"{field.Id}-{Number(index)}";
            group.InnerHtml.AppendHtml(Answer(field.Name, id, item, field.Has(item.Value), type));
            index++;
        }

        return group;
    }

    private static TagBuilder Answer(string name, string id, SelectListItem item, bool selected, string type, Action<TagBuilder>? describe = null)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = type;
        input.Attributes["id"] = id;
        input.Attributes["name"] = name;
        input.Attributes["value"] = item.Value ?? "";
        Put(input, "checked", selected ? "checked" : null);
        Put(input, "disabled", item.Disabled ? "disabled" : null);
        describe?.Invoke(input);
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(item.Text);
        if (item is Choice { Hint: { } hint })
        {
            var note = new TagBuilder("span");
            note.AddCssClass("hint");
            note.InnerHtml.Append(hint);
            label.InnerHtml.AppendHtml(note);
        }

        var answer = new TagBuilder("div");
        answer.AddCssClass("choice");
        answer.InnerHtml.AppendHtml(input).AppendHtml(label);
        return answer;
    }

    private static TagBuilder Tick(QuestionTagHelper question, Field field)
    {
        var answer = Answer(field.Name, field.Id, new SelectListItem(field.Label, "true"), field.Has("true"), "checkbox", field.Describe);
        Put(answer, "data-required", question.Required ? "true" : null);
        return answer;
    }

    private static TagBuilder Money(QuestionTagHelper question, Field field, Texts texts)
    {
        var input = Line(question, field);
        input.Attributes["inputmode"] = "decimal";
        input.AddCssClass("short");
        var unit = new TagBuilder("span");
        unit.InnerHtml.Append(texts["shell.yuan"]);
        var box = new TagBuilder("div");
        box.AddCssClass("money");
        box.InnerHtml.AppendHtml(input).AppendHtml(unit);
        return box;
    }

    private static void Put(TagBuilder tag, string name, string? value)
    {
        if (value is not null)
        {
            tag.Attributes[name] = value;
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
