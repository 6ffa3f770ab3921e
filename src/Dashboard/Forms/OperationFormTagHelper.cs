using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// <c>&lt;operation-form run="RevokeApiKey"&gt;</c>: a form that posts to its own page, or the reason why the
/// user may not submit it.
/// </summary>
/// <param name="antiforgery">Creates the antiforgery token.</param>
[HtmlTargetElement("operation-form")]
public sealed class OperationFormTagHelper(IAntiforgery antiforgery) : TagHelper
{
    /// <summary>The mutation to run.</summary>
    public required string Run { get; set; }

    /// <summary>Whether to render nothing, instead of the reason, if the user may not submit it.</summary>
    public bool Quiet { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Init(TagHelperContext context) => context.Items[typeof(OperationFormTagHelper)] = Run;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var (page, http) = ((FormPage)ViewContext.ViewData.Model!, ViewContext.HttpContext);
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
