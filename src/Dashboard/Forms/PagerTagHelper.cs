using Equaticket.Dashboard.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// <c>&lt;pager page="…[&quot;pageInfo&quot;]" /&gt;</c>: links to the first and the next page of a list.
/// </summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PagerTagHelper : TagHelper
{
    private const string Cursor = "cursor";

    /// <summary>The <c>pageInfo</c> of the list.</summary>
    public required ResultNode Page { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        var (hasMore, isLater) = (Page["hasNextPage"].IsTrue, request.Query.ContainsKey(Cursor));
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", "Pages");
        if (!hasMore && !isLater)
            output.SuppressOutput();
        if (isLater)
            output.Content.AppendHtml(Link(request, "First page", null));
        if (hasMore)
            output.Content.AppendHtml(Link(request, "Next page", Page["endCursor"].Text));
    }

    private static TagBuilder Link(HttpRequest request, string text, string? cursor)
    {
        var query = QueryString.Create(request.Query.Where(field => field.Key != Cursor));
        var link = new TagBuilder("a");
        link.Attributes["href"] = request.Path + (cursor is null ? query : query.Add(Cursor, cursor)).Value;
        link.InnerHtml.Append(text);
        return link;
    }
}
