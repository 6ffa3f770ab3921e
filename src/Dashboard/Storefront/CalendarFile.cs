using System.Globalization;
using System.Text;
using Equaticket.Dashboard.Operations;
using Microsoft.AspNetCore.Http;

namespace Equaticket.Dashboard.Storefront;

/// <summary>An order's event as an iCalendar file (RFC 5545).</summary>
/// <remarks>Calendars are often shared, so the file omits the order's token and ticket codes.</remarks>
public sealed class CalendarFile(
    StorefrontOperations operations, PageRunner runner, IBuyerLimits limits, TimeProvider clock)
{
    /// <summary>The maximum length of a line in octets.</summary>
    private const int LineLength = 75;

    /// <exception cref="Engine.Errors.ApiError">The order doesn't exist, or there were too many requests.</exception>
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
    /// <param name="now">The creation time of the file.</param>
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

    /// <summary>Escapes a TEXT value (RFC 5545, 3.3.11).</summary>
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

    /// <summary>Folds a long line without splitting a character (RFC 5545, 3.1).</summary>
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
