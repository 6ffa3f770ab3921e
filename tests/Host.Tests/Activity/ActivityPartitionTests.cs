using System.Globalization;
using Equaticket.Persistence.Activity;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Equaticket.Host.Tests.Activity;

/// <summary>Each day of the activity log is a partition, which is created ahead and dropped after 30 days.</summary>
public sealed class ActivityPartitionTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = new(2030, 2, 27, 22, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task Partitions_are_created_three_days_ahead_and_dropped_after_30_days()
    {
        await using var host = await StartAsync();
        await UntilAsync(host, "20300227", "20300302");

        _clock.Advance(TimeSpan.FromHours(2));
        await UntilAsync(host, "20300227", "20300303");

        // The first day is kept for 30 days, and is gone on the 31st.
        _clock.Leap(TimeSpan.FromDays(29));
        await UntilAsync(host, "20300227", "20300401");
        _clock.Leap(TimeSpan.FromDays(1));
        await UntilAsync(host, "20300228", "20300402");
    }

    [Fact]
    public async Task A_request_is_found_for_30_days()
    {
        await using var host = await StartAsync();
        await UntilAsync(host, "20300227", "20300302");
        var org = await host.CreateOrganizationAsync();
        await org.Live.GetAsync("/api/v1/events");
        await Poll.UntilAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(200));
                return (await RowsAsync(host, $"{ActivityTables.Requests}_20300227")) == 1;
            },
            Bound);

        _clock.Leap(TimeSpan.FromDays(30));
        await UntilAsync(host, "20300227", "20300401");
        Assert.Equal(1, await RowsAsync(host, ActivityTables.Requests));
        _clock.Leap(TimeSpan.FromDays(1));
        await UntilAsync(host, "20300228", "20300402");
        Assert.Equal(0, await RowsAsync(host, ActivityTables.Requests));
    }

    [Fact]
    public async Task A_partition_that_another_host_is_creating_is_not_a_failure()
    {
        using var log = new LogCapture();
        await using var host = await StartAsync(builder => builder.Logging.AddProvider(log));
        await UntilAsync(host, "20300227", "20300302");
        await using var other = new NpgsqlConnection(host.ConnectionString);
        await other.OpenAsync();
        await using var creating = await other.BeginTransactionAsync();
        await using var create = new NpgsqlCommand(
            ActivityTables.RequestsByDay.CreatePartition(new DateOnly(2030, 3, 3)), other);
        await create.ExecuteNonQueryAsync();

        _clock.Advance(TimeSpan.FromHours(2));
        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<long>(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND wait_event_type = 'Lock' AND query LIKE 'SELECT create_day_partition%'"))[0] == 1,
            Bound);
        await creating.CommitAsync();

        await Poll.UntilAsync(
            async () => (await host.QuerySqlAsync<bool>("SELECT to_regclass('webhook_deliveries_20300303') IS NOT NULL"))[0],
            Bound);
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("could not be maintained", StringComparison.Ordinal));
    }

    private Task<TestHost> StartAsync(Action<WebApplicationBuilder>? configure = null) => TestHost.StartAsync(
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            configure?.Invoke(builder);
        });

    /// <summary>Waits until the partitions cover exactly an inclusive range of days.</summary>
    private static async Task UntilAsync(TestHost host, string first, string last)
    {
        IReadOnlyList<string> days = [];
        string[] ends = [first, last];
        await Poll.UntilAsync(
            async () =>
            {
                days = await host.QuerySqlAsync<string>(
                    """
                    SELECT right(inhrelid::regclass::text, 8) FROM pg_inherits
                    WHERE inhparent = $1::regclass AND inhrelid::regclass::text ~ '[0-9]{8}$' ORDER BY 1
                    """,
                    ActivityTables.Requests);
                return days.Count > 0 && ends.SequenceEqual([days[0], days[^1]]);
            },
            Bound);
        Assert.All(days, day => DateOnly.ParseExact(day, "yyyyMMdd", CultureInfo.InvariantCulture));
    }

    private static async Task<long> RowsAsync(TestHost host, string table) =>
        (await host.QuerySqlAsync<long>($"SELECT count(*) FROM {table}"))[0];
}
