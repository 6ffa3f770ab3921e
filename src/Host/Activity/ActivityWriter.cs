using System.Threading.Channels;
using Equaticket.Engine.Errors;
using Equaticket.Host.Hosting;
using Equaticket.Persistence.Activity;
using Equaticket.Schema.Execution;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Host.Activity;

/// <summary>
/// Writes finished requests in batches in the background, and the rest on shutdown. While the database
/// is unavailable, requests wait in the log, up to its capacity.
/// </summary>
internal sealed class ActivityWriter(
    ActivityLog log, NpgsqlDataSource database, TimeProvider clock, ILogger<ActivityWriter> logger)
    : BackgroundService
{
    private const int BatchSize = 1_000;
    private const int MaxAttempts = 3;

    private const string Copy =
        $"""
        COPY {ActivityTables.Requests} (id, organization_id, livemode, api_key_id, request_id, method,
            path, status, error_code, duration_ms, address, user_agent, created_at, route,
            idempotency_key, is_replay, error_param, writes)
        FROM STDIN (FORMAT BINARY)
        """;

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>
    /// Writes the rest until the host's shutdown timeout, and briefly beyond it if a hung request used it up.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        log.Complete();
        await using var end = cancellationToken.Register(() => _giveUp.CancelAfter(Shutdown.LastWrites));
        await base.StopAsync(_giveUp.Token);
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await log.Requests.WaitToReadAsync(CancellationToken.None))
        {
            if (!log.Requests.Completion.IsCompleted && log.Requests.Count < BatchSize)
                await Task.WhenAny(log.Requests.Completion, Task.Delay(Gathering, clock, stoppingToken));
            await WriteAsync(Take(log.Requests));
        }
    }

    private static List<LoggedRequest> Take(ChannelReader<LoggedRequest> requests)
    {
        var batch = new List<LoggedRequest>();
        while (batch.Count < BatchSize && requests.TryRead(out var request))
            batch.Add(request);
        batch.Sort(CompareIndexed);
        return batch;
    }

    /// <summary>
    /// Orders a batch as the indexes do: an entry next to the one before it finds its page in the CPU's cache.
    /// </summary>
    private static int CompareIndexed(LoggedRequest a, LoggedRequest b)
    {
        var order = a.Request.OrganizationId.CompareTo(b.Request.OrganizationId);
        if (order == 0)
            order = a.Request.ApiKeyId.CompareTo(b.Request.ApiKeyId);
        return order == 0 ? string.CompareOrdinal(a.Request.Path, b.Request.Path) : order;
    }

    private async Task WriteAsync(List<LoggedRequest> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryWriteAsync(batch);
                return;
            }
            catch (PostgresException fault)
                when (attempt > 1 && fault.SqlState == PostgresErrorCodes.UniqueViolation)
            {
                // The previous attempt was committed before its connection failed.
                return;
            }
            catch (Exception fault) when (MayPass(fault, attempt))
            {
                await PauseAsync(attempt);
            }
            catch (Exception fault)
            {
                log.Drop(batch.Count);
                logger.LogFault(
                    LogLevel.Warning, fault, "{Count} requests could not be added to the activity log.", batch.Count);
                return;
            }
        }
    }

    /// <summary>Retries during an outage. A batch that the database rejects must not block others.</summary>
    private bool MayPass(Exception fault, int attempt) =>
        !_giveUp.IsCancellationRequested
        && (attempt < MaxAttempts
            || DatabaseErrors.Translate(fault) is { ErrorCode: ErrorCode.Unavailable });

    private async Task PauseAsync(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt, 10) - 1);
        await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, _giveUp.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TryWriteAsync(List<LoggedRequest> batch)
    {
        await using var connection = await database.OpenConnectionAsync(_giveUp.Token);
        await using var transaction = await connection.BeginTransactionAsync();
        await CopyAsync(connection, batch);
        await KeyUses.MarkAsync(connection, batch);
        await transaction.CommitAsync();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<LoggedRequest> batch)
    {
        await using var rows = await connection.BeginBinaryImportAsync(Copy);
        foreach (var (request, _) in batch)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(request.Id);
            await rows.WriteAsync(request.OrganizationId);
            await rows.WriteAsync(request.Livemode);
            await rows.WriteAsync(request.ApiKeyId);
            await rows.WriteAsync(request.RequestId);
            await rows.WriteAsync(request.Method);
            await rows.WriteAsync(request.Path);
            await rows.WriteAsync(request.Status);
            await rows.WriteAsync(request.ErrorCode, NpgsqlDbType.Text);
            await rows.WriteAsync(request.DurationMs);
            await rows.WriteAsync(request.Address, NpgsqlDbType.Text);
            await rows.WriteAsync(request.UserAgent, NpgsqlDbType.Text);
            await rows.WriteAsync(request.CreatedAt, NpgsqlDbType.TimestampTz);
            await rows.WriteAsync(request.Route, NpgsqlDbType.Text);
            await rows.WriteAsync(request.IdempotencyKey, NpgsqlDbType.Text);
            await rows.WriteAsync(request.IsReplay);
            await rows.WriteAsync(request.ErrorParam, NpgsqlDbType.Text);
            await rows.WriteAsync(request.Writes, NpgsqlDbType.Array | NpgsqlDbType.Text);
        }

        await rows.CompleteAsync();
    }
}
