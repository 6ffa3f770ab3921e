using Equaticket.Persistence.Activity;
using Equaticket.Persistence.Partitions;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Jobs;
using Npgsql;

namespace Equaticket.Host.Jobs;

/// <summary>Creates the partitions of the coming days, and drops old ones.</summary>
internal sealed class PartitionMaintenance(
    NpgsqlDataSource database, TimeProvider clock, ILogger<PartitionMaintenance> log)
    : IJob
{
    private const int DaysAhead = 3;

    private static readonly PartitionedTable[] Tables =
        [ActivityTables.RequestsByDay, WebhookTables.EventsByDay, WebhookTables.DeliveriesByDay];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
            await TryMaintainAsync(table, cancellationToken);
    }

    private async Task TryMaintainAsync(PartitionedTable table, CancellationToken cancellationToken)
    {
        try
        {
            await MaintainAsync(table, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogFault(LogLevel.Warning, fault, "Partitions of {Table} could not be maintained.", table.Name);
        }
    }

    private async Task MaintainAsync(PartitionedTable table, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            await CreateAsync(table, day, cancellationToken);
        foreach (var day in await OldAsync(table, today, cancellationToken))
            await ExecuteAsync(table.DropPartition(day), cancellationToken);
    }

    /// <remarks>If a day starts without a partition, its rows stay in the default one.</remarks>
    private async Task CreateAsync(
        PartitionedTable table, DateOnly day, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(table.CreatePartition(day), cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.CheckViolation)
        {
            log.LogInformation("The rows of {Partition} stay in the default partition.", table.PartitionName(day));
        }
        // IF NOT EXISTS doesn't see what another host is creating at the same time.
        catch (PostgresException fault)
            when (fault.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UniqueViolation)
        {
            log.LogDebug("Another host has just created {Partition}.", table.PartitionName(day));
        }
    }

    private async Task<List<DateOnly>> OldAsync(
        PartitionedTable table, DateOnly today, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '{table.Name}'::regclass");
        await using var names = await command.ExecuteReaderAsync(cancellationToken);
        var old = new List<DateOnly>();
        while (await names.ReadAsync(cancellationToken))
        {
            if (table.DayOf(names.GetString(0)) is { } day && day < today.AddDays(-table.DaysKept))
                old.Add(day);
        }

        return old;
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
