using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// <c>&lt;field name="name" label="Name" /&gt;</c>: an input with its label, hint, and error. A field with
/// nested options is a select; <c>type="textarea"</c> is multi-line.
/// </summary>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper : TagHelper
{
    /// <summary>The name of the operation's variable.</summary>
    public required string Name { get; set; }

    public required string Label { get; set; }

    /// <summary>The element id, for pages with several fields of the same name. Defaults to the name.</summary>
    public string? Id { get; set; }

    public string? Hint { get; set; }

    /// <summary>The input type, <c>textarea</c> or <c>select</c>.</summary>
    public string Type { get; set; } = "text";

    /// <summary>The initial value.</summary>
    public string? Value { get; set; }

    public bool Required { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var page = (FormPage)ViewContext.ViewData.Model!;
        var run = context.Items.TryGetValue(typeof(OperationFormTagHelper), out var form) ? (string)form : null;
        var (values, fault) = (page.ValueOf(run, Name, Value), page.FaultOf(run, Name, Label));
        // A field with an id follows the one that has the name as its id.
        var value = Id is null ? values.FirstOrDefault() : values.LastOrDefault();
        var id = Id ?? Name;
        var input = Input(id, Type == "password" ? null : value, fault);
        foreach (var attribute in output.Attributes)
            input.Attributes[attribute.Name] = attribute.Value?.ToString() ?? "";
        if (Type == "select")
            input.InnerHtml.AppendHtml(Selected((await output.GetChildContentAsync()).GetContent(), value));
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", fault is null ? "field" : "field wrong");
        output.Content.SetHtmlContent(Parts.Label(id, Label, Required))
            .AppendHtml(Parts.Note($"{id}-hint", "hint", Hint))
            .AppendHtml(Parts.Note($"{id}-fault", "fault", fault))
            .AppendHtml(input);
    }

    private TagBuilder Input(string id, string? value, string? fault)
    {
        var input = new TagBuilder(Type is "textarea" or "select" ? Type : "input");
        if (input.TagName == "input")
        {
            input.TagRenderMode = TagRenderMode.SelfClosing;
            input.Attributes["type"] = Type;
            if (!string.IsNullOrEmpty(value))
                input.Attributes["value"] = value;
        }
        else if (Type == "textarea")
        {
            input.InnerHtml.Append("\n" + value);
        }

        (input.Attributes["id"], input.Attributes["name"]) = (id, Name);
        if (Required)
            input.Attributes["required"] = "required";
        Parts.Describe(input, id, Hint, fault);
        return input;
    }

    /// <summary>Marks the selected option and leaves its value as written in the view.</summary>
    private static HtmlString Selected(string options, string? value)
    {
        if (value is null)
            return new HtmlString(options);
        var option = $"value=\"{System.Text.Encodings.Web.HtmlEncoder.Default.Encode(value)}\"";
        return new HtmlString(options.Replace(option, $"{option} selected", StringComparison.Ordinal));
    }
}

/// <summary>Markup shared by fields and choices.</summary>
internal static class Parts
{
    public static TagBuilder Label(string id, string text, bool required)
    {
        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(text);
        if (!required)
            label.InnerHtml.AppendHtml("<span class=\"optional\"> (optional)</span>");
        return label;
    }

    public static IHtmlContent Note(string id, string kind, string? text)
    {
        if (text is null)
            return HtmlString.Empty;
        var note = new TagBuilder("p");
        (note.Attributes["id"], note.Attributes["class"]) = (id, kind);
        note.InnerHtml.Append(text);
        return note;
    }

    /// <summary>Associates an input with its hint and error.</summary>
    public static void Describe(TagBuilder input, string id, string? hint, string? fault)
    {
        if (fault is not null)
            input.Attributes["aria-invalid"] = "true";
        string?[] notes = [hint is null ? null : $"{id}-hint", fault is null ? null : $"{id}-fault"];
        if (notes.Any(note => note is not null))
            input.Attributes["aria-describedby"] = string.Join(' ', notes.Where(note => note is not null));
    }
}
