using Equaticket.Persistence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Host.Tests.Jobs;

public sealed class ClockWatchTests
{
    /// <summary>Covers a slow test machine, and is far below the shifts.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(10)]
    [InlineData(-3000)]
    public async Task A_host_with_a_wrong_clock_uses_that_of_the_database(int minutes)
    {
        using var log = new LogCapture();
        await using var host = await TestHost.StartAsync(configure: builder =>
        {
            builder.Services.AddSingleton(new DatabaseClock(new ShiftedClock { Shift = TimeSpan.FromMinutes(minutes) }));
            builder.Logging.AddProvider(log);
        });
        var org = await host.CreateOrganizationAsync();
        var created = await org.Live.PostAsync("/api/v1/events", new
        {
            title = "Jazz Night",
            timezone = "Europe/Oslo",
            starts_at = "2035-06-01T18:00:00Z",
            currency = "eur",
        });

        Assert.InRange(
            created.Json!["created_at"]!.GetValue<DateTimeOffset>() - TimeProvider.System.GetUtcNow(),
            -Precision, Precision);
        Assert.Contains(log.Lines, line => line.Text.Contains("differs from the database's", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_jump_of_the_hosts_clock_changes_nothing()
    {
        var host = new ShiftedClock();
        var clock = new DatabaseClock(host);
        await using var database = NpgsqlDataSource.Create(await TestCluster.CreateMigratedDatabaseAsync());
        var before = await clock.SynchronizeAsync(database, CancellationToken.None);
        host.Shift = TimeSpan.FromHours(1);
        var now = clock.GetUtcNow();
        var after = await clock.SynchronizeAsync(database, CancellationToken.None);

        Assert.InRange(before, -Precision, Precision);
        Assert.InRange(now - TimeProvider.System.GetUtcNow(), -Precision, Precision);
        Assert.InRange(after - host.Shift, -Precision, Precision);
        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), -Precision, Precision);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
