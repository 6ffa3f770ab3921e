using System.Globalization;
using Equaticket.Engine.Scalars;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary><c>&lt;when at="@row["createdAt"].Time" none="never" /&gt;</c>: a time in UTC.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper : TagHelper
{
    public DateTimeOffset? At { get; set; }

    /// <summary>The text shown if there is no time.</summary>
    public string None { get; set; } = "–";

    /// <summary>Whether seconds are shown.</summary>
    public bool Seconds { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = At is null ? "span" : "time";
        if (At is { } at)
            output.Attributes.SetAttribute("datetime", Rfc3339.Write(at));
        output.Content.SetContent(
            At?.UtcDateTime.ToString(
                Seconds ? "d MMM yyyy, HH:mm:ss" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) ?? None);
    }
}
