using System.Globalization;
using Equaticket.Dashboard.Operations;
using NodaTime;
using NodaTime.Text;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Times as people at the venue read them.</summary>
public static class EventTimes
{
    private static readonly ZonedDateTimePattern Day = Pattern("dddd, d MMMM uuuu");
    private static readonly ZonedDateTimePattern Hour = Pattern("HH:mm");
    private static readonly ZonedDateTimePattern Offset = Pattern("uuuu-MM-dd'T'HH:mm:sso<m>");

    /// <returns>From when to when an event lasts, by the clock of its venue. Hours are not torn apart.</returns>
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

    /// <returns>Whose clock it is: <c>New York time</c>.</returns>
    public static string Zone(ResultNode row) => row["timezone"].Text.Split('/') is [_, .., var city]
        ? $"{city.Replace('_', ' ')} time"
        : row["timezone"].Text;

    /// <returns>A time by the clock of the venue of an event.</returns>
    public static string At(ResultNode time, ResultNode row)
    {
        var at = In(time, row);
        return $"{Day.Format(at)}, {Hour.Format(at)}";
    }

    /// <returns>The hour of a time by the clock of the venue of an event.</returns>
    public static string HourAt(ResultNode time, ResultNode row) => Hour.Format(In(time, row));

    /// <returns>A time in RFC 3339 with the offset of the venue; null where there is none.</returns>
    public static string? WithOffset(ResultNode time, ResultNode row) =>
        time.IsNull ? null : Offset.Format(In(time, row));

    private static ZonedDateTime In(ResultNode time, ResultNode row) =>
        Instant.FromDateTimeOffset(time.Time!.Value).InZone(DateTimeZoneProviders.Tzdb[row["timezone"].Text]);

    private static ZonedDateTimePattern Pattern(string text) => ZonedDateTimePattern.Create(
        text, CultureInfo.InvariantCulture, resolver: null, zoneProvider: null, templateValue: default);
}
