using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>A choice of a <see cref="ChoicesTagHelper"/>.</summary>
/// <param name="Value">The submitted value.</param>
/// <param name="Label">The label.</param>
/// <param name="Note">An explanation of the choice.</param>
public sealed record Choice(string Value, string Label, string? Note = null);

/// <summary>
/// <c>&lt;choices name="scopes" label="Scopes" options="…" multiple /&gt;</c>: a group of radio buttons or of
/// checkboxes, each with an explanation.
/// </summary>
[HtmlTargetElement("choices", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoicesTagHelper : TagHelper
{
    public required string Name { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    public required IReadOnlyList<Choice> Options { get; set; }

    /// <summary>Whether to allow several choices.</summary>
    public bool Multiple { get; set; }

    /// <summary>The initial choices, separated by commas.</summary>
    public string? Value { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var page = (FormPage)ViewContext.ViewData.Model!;
        var run = context.Items.TryGetValue(typeof(OperationFormTagHelper), out var form) ? (string)form : null;
        var fault = page.FaultOf(run, Name, Label);
        var chosen = page.ValueOf(run, Name, Value)
            .SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries)).ToHashSet();
        output.TagName = "fieldset";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", fault is null ? "choices" : "choices wrong");
        output.Attributes.SetAttribute("id", Name);
        output.Attributes.SetAttribute("tabindex", "-1");
        if (fault is not null)
            output.Attributes.SetAttribute("aria-describedby", $"{Name}-fault");
        var legend = new TagBuilder("legend");
        legend.InnerHtml.Append(Label);
        output.Content.SetHtmlContent(legend)
            .AppendHtml(Parts.Note($"{Name}-hint", "hint", Hint))
            .AppendHtml(Parts.Note($"{Name}-fault", "fault", fault));
        for (var number = 0; number < Options.Count; number++)
            output.Content.AppendHtml(Row(number, Options[number], chosen));
    }

    private TagBuilder Row(int number, Choice choice, HashSet<string> chosen)
    {
        var id = $"{Name}-{number}";
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = Multiple ? "checkbox" : "radio";
        (input.Attributes["id"], input.Attributes["name"]) = (id, Name);
        input.Attributes["value"] = choice.Value;
        if (chosen.Contains(choice.Value))
            input.Attributes["checked"] = "checked";
        if (choice.Note is not null)
            input.Attributes["aria-describedby"] = $"{id}-note";
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(choice.Label);
        var row = new TagBuilder("div");
        row.AddCssClass("choice");
        row.InnerHtml.AppendHtml(input).AppendHtml(label)
            .AppendHtml(Parts.Note($"{id}-note", "hint", choice.Note));
        return row;
    }
}
