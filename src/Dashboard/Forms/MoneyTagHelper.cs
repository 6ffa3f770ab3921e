using Equaticket.Schema.Money;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary><c>&lt;money amount="2500" currency="usd" /&gt;</c>: a formatted amount.</summary>
[HtmlTargetElement("money", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MoneyTagHelper : TagHelper
{
    /// <summary>The amount in the currency's smallest unit.</summary>
    public required long Amount { get; set; }

    public required string Currency { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = "span";
        output.Attributes.SetAttribute("class", "nowrap");
        output.Content.SetContent(MoneyText.Of(Amount, Currency));
    }
}
