using System.Security.Cryptography;
using System.Text;
using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The public page of an event. Browsers and proxies may cache it for as long as the public listing.</summary>
public sealed class EventPage(
    StorefrontOperations operations, PageRunner runner, IBuyerLimits limits, TimeProvider clock)
    : StorefrontPage(runner, limits)
{
    /// <summary>The query parameter that says the buyer chose no tickets.</summary>
    public const string Empty = "empty";

    /// <summary>Part of the ETag, since another build may render the same data differently.</summary>
    private static readonly string Build =
        $"{typeof(EventPage).Assembly.ManifestModule.ModuleVersionId}{Assets.StorefrontStylePath}";

    public ResultNode Event { get; private set; }

    public string CheckoutPath => $"/checkout{Request.Path.Value!["/e".Length..]}";

    public async Task<IActionResult> OnGetAsync()
    {
        var term = new AnswerTerm();
        Event = await ReadAsync(operations.Event, EventVariables, term);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Build + Event.Json.GetRawText()));
        var tag = $"\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";
        Response.Headers.ETag = tag;
        Response.Headers.CacheControl = PublicCors.CacheControlFor(term.End - clock.GetUtcNow());
        return Request.Headers.IfNoneMatch == tag ? StatusCode(StatusCodes.Status304NotModified) : Page();
    }

    /// <summary>Restores the chosen quantities when a buyer returns from the checkout.</summary>
    public override StringValues ValueOf(string? run, string field, StringValues given) =>
        Request.Query.TryGetValue(field, out var chosen) ? chosen : given;
}
