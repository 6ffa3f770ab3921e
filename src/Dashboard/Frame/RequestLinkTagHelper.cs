using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Execution;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Frame;

/// <summary>
/// <c>&lt;request-link id="req_…" /&gt;</c>: a request id that links to the request's timeline if the user has
/// access to it.
/// </summary>
[HtmlTargetElement("request-link", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RequestLinkTagHelper(PageCatalog catalog) : TagHelper
{
    private const string Query = "RequestTimeline";

    private readonly Operation _timeline = catalog.Pages.Single(page => page.Read.Name == Query).Read.Operation;

    public required string Id { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var frame = ViewContext.HttpContext.Features.GetRequiredFeature<FrameOfPage>();
        var code = new TagBuilder("code");
        code.InnerHtml.Append(Id);
        output.TagMode = TagMode.StartTagAndEndTag;
        output.TagName = "span";
        output.Content.SetHtmlContent(code);
        if (_timeline.Refusal(frame.Caller, Operation.NoVariables) is not null)
            return;
        output.TagName = "a";
        output.Attributes.SetAttribute("href", frame.PathTo($"requests/{PathOf(Id)}"));
    }

    /// <remarks>Slashes in the id stay literal, since servers don't decode encoded slashes in paths.</remarks>
    private static string PathOf(string id) => string.Join('/', id.Split('/').Select(Uri.EscapeDataString));
}
