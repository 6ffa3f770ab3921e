using Equaticket.Persistence.Activity;
using Npgsql;

namespace Equaticket.Host.Activity;

/// <summary>Makes the partitions of the coming days, and drops those that are over 30 days old.</summary>
internal sealed class ActivityPartitions(
    NpgsqlDataSource database, TimeProvider clock, ILogger<ActivityPartitions> log)
    : BackgroundService
{
    private const int DaysAhead = 3;
    private const int DaysKept = 30;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await MaintainAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning(fault, "Partitions of the activity log were not maintained.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            await RunAsync(ActivityTables.CreatePartition(day), cancellationToken);
        foreach (var partition in await OldAsync(today.AddDays(-DaysKept), cancellationToken))
            await RunAsync($"DROP TABLE IF EXISTS {partition}", cancellationToken);
    }

    private async Task<List<string>> OldAsync(DateOnly limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{ActivityTables.Requests}'::regclass");
        await using var names = await command.ExecuteReaderAsync(cancellationToken);
        var old = new List<string>();
        while (await names.ReadAsync(cancellationToken))
        {
            if (ActivityTables.DayOf(names.GetString(0)) is { } day && day < limit)
                old.Add(names.GetString(0));
        }

        return old;
    }

    private async Task RunAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
