using System.Globalization;
using System.Text;
using Equaticket.Dashboard.Operations;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The event of an order as a file for calendars (RFC 5545).</summary>
/// <remarks>People share calendars, so neither the order's token nor its ticket codes are in it.</remarks>
public sealed class CalendarFile(
    StorefrontOperations operations, PageRunner runner, IBuyerLimits limits, TimeProvider clock)
{
    /// <summary>The most octets of a line.</summary>
    private const int LineLength = 75;

    /// <exception cref="Engine.Errors.ApiError">There is no such order, or there were too many requests.</exception>
    internal async Task SendAsync(HttpContext http)
    {
        await limits.CountPublicAsync(http);
        var result = await runner.RunAsync(
            http, operations.Calendar, new() { ["token"] = $"{http.Request.Query["token"]}" });
        var order = StorefrontPage.RootOf(result);
        http.Response.ContentType = "text/calendar; charset=utf-8";
        http.Response.Headers.ContentDisposition =
            $"attachment; filename=\"{order["event"]["slug"]}.ics\"";
        await http.Response.WriteAsync(
            Write(order["event"], order["orderNumber"].Text, clock.GetUtcNow()), http.RequestAborted);
    }

    /// <param name="row">The event.</param>
    /// <param name="orderNumber">Helps the buyer find the order.</param>
    /// <param name="now">When the file is made.</param>
    internal static string Write(ResultNode row, string orderNumber, DateTimeOffset now)
    {
        var isCancelled = row["status"].Text == "cancelled";
        string?[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Equaticket//Tickets//EN", "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{row["id"]}@equaticket",
            $"DTSTAMP:{Utc(now)}",
            $"DTSTART:{Utc(row["startsAt"].Time!.Value)}",
            row["endsAt"].Time is { } end ? $"DTEND:{Utc(end)}" : null,
            $"SUMMARY:{Escape(row["title"].Text)}",
            Place(row) is { Length: > 0 } place ? $"LOCATION:{Escape(place)}" : null,
            $"DESCRIPTION:{Escape($"Order {orderNumber}\n{row["url"]}")}",
            $"URL:{row["url"]}",
            $"STATUS:{(isCancelled ? "CANCELLED" : "CONFIRMED")}",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.OfType<string>().Select(Fold));
    }

    private static string Place(ResultNode row) => string.Join(
        ", ", new[] { row["venueName"].Text, row["venueAddress"].Text }.Where(part => part.Length > 0));

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A text as a value (RFC 5545, 3.3.11).</summary>
    private static string Escape(string text)
    {
        var value = new StringBuilder();
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            if (character is '\\' or ';' or ',')
                value.Append('\\').Append(character);
            else if (character == '\n')
                value.Append("\\n");
            else if (!char.IsControl(character))
                value.Append(character);
        }

        return value.ToString();
    }

    /// <summary>Breaks a line so that no part is too long, and never within a character (RFC 5545, 3.1).</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var length = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LineLength)
            {
                folded.Append("\r\n ");
                length = 1;
            }

            folded.Append(rune);
            length += rune.Utf8SequenceLength;
        }

        return folded.Append("\r\n").ToString();
    }
}
