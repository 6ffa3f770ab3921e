using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// <c>&lt;scroll-table label="Orders"&gt;</c>: a table that scrolls sideways if it is wider than the screen.
/// </summary>
[HtmlTargetElement("scroll-table")]
public sealed class ScrollTableTagHelper : TagHelper
{
    /// <summary>The name of the table, for screen readers.</summary>
    public required string Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "scroll");
        output.Attributes.SetAttribute("role", "region");
        output.Attributes.SetAttribute("aria-label", Label);
        // Lets the keyboard scroll it.
        output.Attributes.SetAttribute("tabindex", "0");
        output.PreContent.AppendHtml("<table>");
        output.PostContent.AppendHtml("</table>");
    }
}
