using System.Globalization;
using Equaticket.Engine.Scalars;
using Equaticket.Schema.Money;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary><c>&lt;when at="@row["createdAt"].Time" none="never" /&gt;</c>: a time in UTC.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper : TagHelper
{
    public DateTimeOffset? At { get; set; }

    /// <summary>What is said where there is no time.</summary>
    public string None { get; set; } = "–";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = At is null ? "span" : "time";
        if (At is { } at)
            output.Attributes.SetAttribute("datetime", Rfc3339.Write(at));
        output.Content.SetContent(
            At?.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) ?? None);
    }
}

/// <summary>Times and amounts as inputs hold them.</summary>
public static class InputText
{
    /// <returns>In UTC, without an offset; to the minute where it is on the minute.</returns>
    public static string? Of(DateTimeOffset? at) => at?.UtcDateTime.ToString(
        at.Value.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss.fff",
        CultureInfo.InvariantCulture);

    public static string Of(long amount, string currency) => MoneyText.Number(amount, currency);
}

/// <summary><c>&lt;money amount="2500" currency="usd" /&gt;</c>: an amount as people write it.</summary>
[HtmlTargetElement("money", TagStructure = TagStructure.WithoutEndTag)]
public sealed class MoneyTagHelper : TagHelper
{
    /// <summary>In the currency's smallest unit.</summary>
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
