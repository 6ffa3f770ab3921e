using System.Text;
using System.Text.Encodings.Web;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Frame;

/// <summary>Renders error pages without the database or a Razor view.</summary>
/// <param name="style">The URL of the style sheet.</param>
/// <param name="notFound">The message for 404: why the page may be missing.</param>
/// <param name="brand">The HTML of the link to the home page; empty for none.</param>
/// <param name="link">The HTML of a link to continue with; empty for none.</param>
internal sealed class ErrorPages(string style, string notFound, string brand, string link) : IErrorFormat
{
    public static ErrorPages Format { get; } = new(
        Assets.StylePath,
        "Check the URL. The page may have been deleted, or may belong to another organization.",
        "<p class=\"brand\"><a href=\"/dashboard\">Equaticket</a></p>",
        "<p><a href=\"/dashboard\">Go to the dashboard</a></p>");

    /// <summary>The error pages for buyers, which don't link to the dashboard.</summary>
    public static ErrorPages ForBuyers { get; } = new(
        Assets.StorefrontStylePath,
        "Check the link. The event may not be published yet, or its page may have moved. "
        + "For an order, ask the organizer.",
        "",
        "");

    public Answer Render(HttpContext http, ApiError error)
    {
        var html = HtmlEncoder.Default;
        var text = $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{Title(error.ErrorCode)} · Equaticket</title>
              <link rel="icon" href="data:,">
              <link rel="stylesheet" href="{style}">
            </head>
            <body class="plain">
              <main>
                {brand}
                <h1>{Title(error.ErrorCode)}</h1>
                <p>{html.Encode(Message(error))}</p>
                {link}
                <p class="small">Request ID: <code>{html.Encode(http.TraceIdentifier)}</code></p>
              </main>
            </body>
            </html>

            """;
        return new Answer(error.ErrorCode.HttpStatus(), "text/html; charset=utf-8", Encoding.UTF8.GetBytes(text))
        {
            RetryAfter = error.RetryAfter,
            Error = error.ErrorCode,
        };
    }

    private static string Title(ErrorCode code) => code switch
    {
        ErrorCode.NotFound => "This page does not exist",
        ErrorCode.Forbidden => "You don't have access to this page",
        ErrorCode.RateLimited => "Too many attempts",
        ErrorCode.Unavailable => "Equaticket is briefly unavailable",
        _ => "Something went wrong",
    };

    private string Message(ApiError error) => error.ErrorCode switch
    {
        ErrorCode.NotFound => notFound,
        ErrorCode.Unavailable => "Nothing was lost. Reload the page in a few seconds.",
        ErrorCode.InternalError => "This is our fault. Contact support with the request ID below.",
        ErrorCode.RateLimited => "Wait a minute, then try again.",
        _ => error.Message,
    };
}
