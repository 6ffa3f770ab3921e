namespace Equaticket.Schema.Statistics;

/// <summary>Today and the days before it, in UTC.</summary>
internal sealed record DayPeriod(DateTimeOffset Now, int Days)
{
    /// <summary>Midnight of the first day.</summary>
    public DateTimeOffset Start { get; } = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1 - Days);

    /// <returns>One row per day, oldest first; days without a row get an empty one.</returns>
    public IReadOnlyList<TRow> Fill<TRow>(
        IReadOnlyList<TRow> rows, Func<TRow, DateTimeOffset> dayOf, Func<DateTimeOffset, TRow> empty)
    {
        var known = rows.ToDictionary(dayOf);
        return [.. Enumerable.Range(0, Days).Select(offset => Start.AddDays(offset))
            .Select(day => known.TryGetValue(day, out var row) ? row : empty(day))];
    }
}
