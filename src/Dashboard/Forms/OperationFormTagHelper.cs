using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// <c>&lt;operation-form run="RevokeApiKey"&gt;</c>: a form that posts to its own page, or the reason why the
/// person may not send it.
/// </summary>
/// <param name="antiforgery">Makes the token that proves that the form is ours.</param>
[HtmlTargetElement("operation-form")]
public sealed class OperationFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    /// <summary>What it runs.</summary>
    public required string Run { get; set; }

    /// <summary>Whether nothing is shown to a person who may not send it.</summary>
    public bool Quiet { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Init(TagHelperContext context) => context.Items[typeof(OperationFormTagHelper)] = Run;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var (page, http) = ((IFormPage)ViewContext.ViewData.Model!, ViewContext.HttpContext);
        if (page.Refusal(Run) is { } refusal)
        {
            Refuse(output, refusal);
            return;
        }

        output.TagName = "form";
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("action", http.Request.Path + http.Request.QueryString);
        output.PreContent.AppendHtml(Hidden(FormFields.Run, Run))
            .AppendHtml(Hidden(FormFields.Key, page.IdempotencyKey))
            .AppendHtml(Hidden(FormFields.Token, antiforgery.GetAndStoreTokens(http).RequestToken!));
        output.Content = await output.GetChildContentAsync();
    }

    private void Refuse(TagHelperOutput output, string refusal)
    {
        if (Quiet)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "p";
        output.Attributes.SetAttribute("class", "refusal");
        output.Content.SetContent(refusal);
    }

    private static TagBuilder Hidden(string name, string value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["type"] = "hidden";
        input.Attributes["name"] = name;
        input.Attributes["value"] = value;
        return input;
    }
}
