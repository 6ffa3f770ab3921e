using Equaticket.Engine.Paging;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Events;
using Equaticket.Schema.Reading;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tests;

/// <summary>Every page costs the same: the index returns the rows in order.</summary>
public sealed class PageIndexTests : PersistenceTest
{
    private const int Rows = 5_000;

    /// <summary>Every tenth event is published, and two events share each timestamp.</summary>
    private const string Fill =
        """
        INSERT INTO events (
            organization_id, livemode, id, title, slug, status, timezone, starts_at, currency,
            metadata, version, created_at, updated_at)
        SELECT $1, false, gen_random_uuid(), 'Event', 'event-' || n,
            CASE WHEN n % 10 = 0 THEN 'published' ELSE 'draft' END, 'UTC', now(), 'usd', '{}', 1,
            now() - (n / 2) * interval '1 minute', now()
        FROM generate_series(1, $2) AS n
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync(Fill, Org.Organization.Id, Rows);
        await ExecuteAsync("ANALYZE events");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_page_is_read_from_the_page_index_without_a_sort(
        bool hasCursor, bool isBackward)
    {
        await using var database = Lease();
        var page = await PageAsync(database, hasCursor, isBackward);
        var plan = await ExplainAsync(database.Events.Page(page).Select(EventRow.FromEvent));
        Assert.Contains("ix_events_page", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on events", plan, StringComparison.Ordinal);
        if (hasCursor)
            Assert.Matches(@"Index Cond: .*ROW\((\w+\.)?created_at, (\w+\.)?id\) [<>] ROW", plan);
    }

    [Fact]
    public async Task A_page_of_one_status_is_read_from_a_separate_index()
    {
        await using var database = Lease();
        var page = await PageAsync(database, hasCursor: true, isBackward: false);
        var filter = new EventFilter { Status = EventStatus.Published };
        var plan = await ExplainAsync(filter.Apply(database.Events).Page(page));
        Assert.Contains("ix_events_status_page", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    /// <summary>A page in the middle of the list, where a scan from either end would cost most.</summary>
    private static async Task<PageRequest> PageAsync(
        EquaticketDbContext database, bool hasCursor, bool isBackward)
    {
        var middle = await database.Events.OrderBy(e => e.CreatedAt).Skip(Rows / 2).FirstAsync();
        Cursor? cursor = hasCursor ? new Cursor(middle.CreatedAt, middle.Id) : null;
        return isBackward
            ? new PageRequest(25, isBackward, After: null, Before: cursor)
            : new PageRequest(25, isBackward, After: cursor, Before: null);
    }

    private static async Task<string> ExplainAsync<T>(IQueryable<T> query)
    {
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN {command.CommandText}";
        await command.Connection!.OpenAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
