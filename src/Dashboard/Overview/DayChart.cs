using System.Globalization;
using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Overview;

/// <summary>One day of a chart.</summary>
/// <param name="Day">The start of the day, in UTC.</param>
/// <param name="Value">The height of its bar.</param>
/// <param name="Cells">Its row in the table.</param>
public sealed record DayBar(DateTimeOffset Day, double Value, params string[] Cells);

/// <summary>A bar chart with one bar per day. The page also shows the numbers as a table.</summary>
/// <param name="Title">The title of the chart.</param>
/// <param name="Summary">A sentence with the sum and the highest day.</param>
/// <param name="Columns">The table's headings, without that of the day.</param>
/// <param name="Bars">The days, oldest first.</param>
public sealed record DayChart(string Title, string Summary, string[] Columns, IReadOnlyList<DayBar> Bars)
{
    public const int Height = 100;
    public const int Step = 10;
    public const int Gap = 2;

    /// <summary>The unit after the number at the top of the scale: a percent sign, or nothing.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether a high bar is bad news.</summary>
    public bool IsBad { get; init; }

    public int Width => Bars.Count * Step;

    private static readonly int[] Steps = [1, 2, 5, 10];

    public bool IsEmpty => Bars.All(bar => bar.Value == 0);

    /// <summary>The top of the scale: 1, 2, or 5 times a power of ten, and at least the highest bar.</summary>
    public double Top
    {
        get
        {
            var highest = Math.Max(1, Bars.Max(bar => bar.Value));
            var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
            return Steps.Select(step => step * power).First(top => top >= highest);
        }
    }

    /// <summary>The height of a bar. A nonzero value always gets a visible bar.</summary>
    public string HeightOf(DayBar bar) =>
        Text(bar.Value == 0 ? 0 : Math.Max(1.5, bar.Value / Top * Height));

    public string TopOf(DayBar bar) =>
        Text(Height - (bar.Value == 0 ? 0 : Math.Max(1.5, bar.Value / Top * Height)));

    /// <param name="days">A list of <c>DailyTickets</c> or <c>DailyApiRequests</c>.</param>
    /// <param name="field">The field with the number to show.</param>
    /// <param name="title">The title of the chart: <c>Tickets sold</c>.</param>
    public static DayChart OfCounts(IReadOnlyList<ResultNode> days, string field, string title)
    {
        var best = days.MaxBy(day => day[field].Number);
        return new DayChart(
            title,
            best[field].Number == 0
                ? $"None in the last {days.Count} days."
                : $"{Sum(days, field)} in the last {days.Count} days. Highest: {best[field]} on {Of(best["day"])}.",
            [title],
            [.. days.Select(day => new DayBar(day["day"].Time!.Value, day[field].Number, day[field].Text))]);
    }

    /// <param name="days">A list of <c>DailyApiRequests</c>.</param>
    public static DayChart OfErrorRate(IReadOnlyList<ResultNode> days)
    {
        var (requests, errors) = (days.Sum(day => day["requests"].Number), days.Sum(day => day["errors"].Number));
        var worst = days.MaxBy(RateOf);
        return new DayChart(
            "API error rate",
            errors == 0
                ? $"No requests failed in the last {days.Count} days."
                : $"{Percent(errors, requests)} of requests in the last {days.Count} days failed. Highest: "
                    + $"{Percent(worst["errors"].Number, worst["requests"].Number)} on {Of(worst["day"])}.",
            ["Requests", "Errors", "Error rate"],
            [.. days.Select(day => new DayBar(
                day["day"].Time!.Value, RateOf(day), day["requests"].Text, day["errors"].Text,
                Percent(day["errors"].Number, day["requests"].Number)))])
        {
            Unit = "%",
            IsBad = true,
        };
    }

    /// <returns>The part as a percentage with up to one decimal; a dash if the total is 0.</returns>
    public static string Percent(long part, long all) => all == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{100d * part / all:0.#}%");

    /// <returns>The sum of a field over all days.</returns>
    public static string Sum(IReadOnlyList<ResultNode> days, string field) =>
        Text(days.Sum(day => day[field].Number));

    private static double RateOf(ResultNode day) =>
        day["requests"].Number is > 0 and var all ? 100d * day["errors"].Number / all : 0;

    private static string Of(ResultNode day) =>
        day.Time!.Value.UtcDateTime.ToString("d MMMM", CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);
}
