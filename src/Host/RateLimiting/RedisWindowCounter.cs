using System.Diagnostics.Metrics;
using StackExchange.Redis;

namespace Equaticket.Host.RateLimiting;

/// <summary>
/// Counts in Redis, so that all hosts share the windows, in one atomic round trip based on Redis's
/// clock. If Redis fails or hangs, this host counts in memory and retries in the background, so that no
/// request is rejected or delayed.
/// </summary>
internal sealed class RedisWindowCounter(
    ConnectionMultiplexer redis,
    MemoryWindowCounter ownCounts,
    TimeProvider clock,
    ILogger<RedisWindowCounter> log,
    IMeterFactory meters) : IWindowCounter, IAsyncDisposable
{
    /// <summary>The window's key has the same hash tag as the key passed in, and therefore the same slot.</summary>
    private const string Script =
        """
        local seconds = tonumber(redis.call('TIME')[1])
        local key = KEYS[1] .. ':' .. math.floor(seconds / 60)
        local count = redis.call('INCR', key)
        if count == 1 then redis.call('EXPIRE', key, 120) end
        return { count, 60 - seconds % 60 }
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Counter<long> _failures = meters.Create(Schema.Execution.Telemetry.MeterName)
        .CreateCounter<long>("equaticket.rate_limit.redis_failures", description: "Requests counted without Redis.");

    private readonly CancellationTokenSource _end = new();
    private Task _return = Task.CompletedTask;
    private int _isAway;

    public async ValueTask<WindowCount> HitAsync(string name)
    {
        if (Volatile.Read(ref _isAway) == 0)
        {
            try
            {
                return await CountAsync(KeyOf(name));
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                if (Interlocked.Exchange(ref _isAway, 1) == 0)
                {
                    log.LogWarning(fault, "Redis is unavailable: this host counts requests separately.");
                    _return = ReturnAsync($"{KeyOf(name)}:probe");
                }
            }
        }

        _failures.Add(1);
        return await ownCounts.HitAsync(name);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _return;
        _end.Dispose();
        await redis.DisposeAsync();
    }

    private static string KeyOf(string name) => $"equaticket:rate:{{{name}}}";

    private async Task<WindowCount> CountAsync(string key)
    {
        RedisKey[] keys = [key];
        var reply = (long[]?)await redis.GetDatabase().ScriptEvaluateAsync(Script, keys);
        return new WindowCount(reply![0], TimeSpan.FromSeconds(reply[1]));
    }

    /// <param name="probe">A key on the node that failed.</param>
    private async Task ReturnAsync(string probe)
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await CountAsync(probe);
                Volatile.Write(ref _isAway, 0);
                log.LogInformation("Redis is available again: rate limits are shared again.");
                return;
            }
            catch (Exception fault) when (fault is RedisException or TimeoutException)
            {
                // Still unavailable.
            }
        }
    }
}
