using System.Globalization;
using Equaticket.Dashboard.Operations;
using NodaTime;
using NodaTime.Text;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Formats times in the time zone of the venue.</summary>
public static class EventTimes
{
    private static readonly ZonedDateTimePattern Day = Pattern("dddd, d MMMM uuuu");
    private static readonly ZonedDateTimePattern Hour = Pattern("HH:mm");
    private static readonly ZonedDateTimePattern Offset = Pattern("uuuu-MM-dd'T'HH:mm:sso<m>");

    /// <returns>The start and end of an event in venue time. A time range never wraps across lines.</returns>
    public static string When(ResultNode row)
    {
        var start = In(row["startsAt"], row);
        var text = $"{Day.Format(start)}, {Hour.Format(start)}";
        if (row["endsAt"].IsNull)
            return text;
        var end = In(row["endsAt"], row);
        return start.Date == end.Date
            ? $"{text}\u2060–\u2060{Hour.Format(end)}"
            : $"{text} – {Day.Format(end)}, {Hour.Format(end)}";
    }

    /// <returns>The name of the time zone, such as <c>New York time</c>.</returns>
    public static string Zone(ResultNode row) => row["timezone"].Text.Split('/') is [_, .., var city]
        ? $"{city.Replace('_', ' ')} time"
        : row["timezone"].Text;

    /// <returns>A date and time in the time zone of the event's venue.</returns>
    public static string At(ResultNode time, ResultNode row)
    {
        var at = In(time, row);
        return $"{Day.Format(at)}, {Hour.Format(at)}";
    }

    /// <returns>A time of day in the time zone of the event's venue.</returns>
    public static string HourAt(ResultNode time, ResultNode row) => Hour.Format(In(time, row));

    /// <returns>An RFC 3339 time with the UTC offset of the venue; null if <paramref name="time"/> is null.</returns>
    public static string? WithOffset(ResultNode time, ResultNode row) =>
        time.IsNull ? null : Offset.Format(In(time, row));

    private static ZonedDateTime In(ResultNode time, ResultNode row) =>
        Instant.FromDateTimeOffset(time.Time!.Value).InZone(DateTimeZoneProviders.Tzdb[row["timezone"].Text]);

    private static ZonedDateTimePattern Pattern(string text) => ZonedDateTimePattern.Create(
        text, CultureInfo.InvariantCulture, resolver: null, zoneProvider: null, templateValue: default);
}
