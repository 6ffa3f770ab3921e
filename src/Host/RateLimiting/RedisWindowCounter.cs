using System.Diagnostics.Metrics;
using StackExchange.Redis;

namespace Equaticket.Host.RateLimiting;

/// <summary>
/// Counts in Redis, so that all hosts share the windows, in one atomic round trip by Redis' own
/// clock. While Redis is away each host counts for itself: a request is never refused for that.
/// </summary>
internal sealed class RedisWindowCounter(
    ConnectionMultiplexer redis,
    MemoryWindowCounter ownCounts,
    ILogger<RedisWindowCounter> log,
    IMeterFactory meters) : IWindowCounter, IAsyncDisposable
{
    private const string Script =
        """
        local seconds = tonumber(redis.call('TIME')[1])
        local key = KEYS[1] .. ':' .. math.floor(seconds / 60)
        local count = redis.call('INCR', key)
        if count == 1 then redis.call('EXPIRE', key, 120) end
        return { count, 60 - seconds % 60 }
        """;

    private readonly Counter<long> _failures = meters.Create("Equaticket").CreateCounter<long>(
        "equaticket.rate_limit.redis_failures", description: "Requests counted without Redis.");

    private int _isAway;

    public async ValueTask<WindowCount> HitAsync(string name)
    {
        try
        {
            RedisKey[] keys = [$"equaticket:rate:{name}"];
            var reply = (long[]?)await redis.GetDatabase().ScriptEvaluateAsync(Script, keys);
            if (Interlocked.Exchange(ref _isAway, 0) == 1)
                log.LogInformation("Redis is back: rate limits are shared again.");
            return new WindowCount(reply![0], TimeSpan.FromSeconds(reply[1]));
        }
        catch (Exception fault) when (fault is RedisException or TimeoutException)
        {
            _failures.Add(1);
            if (Interlocked.Exchange(ref _isAway, 1) == 0)
                log.LogWarning(fault, "Redis is away: this host counts requests for itself.");
            return await ownCounts.HitAsync(name);
        }
    }

    public ValueTask DisposeAsync() => redis.DisposeAsync();
}
