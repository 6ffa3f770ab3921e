using Equaticket.Host.RateLimiting;

namespace Equaticket.Host.Tests.RateLimiting;

/// <summary>Hosts count together in a Redis cluster, and separately while Redis hangs.</summary>
[Trait("Category", "Tools")]
public sealed class RedisWindowCounterTests
{
    [Fact]
    public async Task Hosts_count_together_in_a_cluster()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var first = await StartAsync(cluster.ConnectionString);
        await using var second = await StartAsync(cluster.ConnectionString, first.ConnectionString);
        for (var number = 0; number < 30; number++)
            Assert.True(await CountTogetherAsync(first, second));
    }

    [Fact]
    public async Task A_hanging_redis_delays_only_the_first_request_and_is_used_again_when_it_responds()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await StartAsync(redis.ConnectionString);
        await using var second = await StartAsync(redis.ConnectionString, first.ConnectionString);
        var counter = first.Get<IWindowCounter>();
        await counter.HitAsync("before");

        await redis.PauseAsync();
        await counter.HitAsync("meanwhile");
        for (var number = 0; number < 20; number++)
            Assert.True(counter.HitAsync("meanwhile").AsTask().IsCompletedSuccessfully);

        await redis.ResumeAsync();
        await Poll.UntilAsync(() => CountTogetherAsync(first, second));
    }

    private static Task<bool> CountTogetherAsync(TestHost first, TestHost second) =>
        RedisServer.InOneWindowAsync(async () =>
        {
            var name = Path.GetRandomFileName();
            await first.Get<IWindowCounter>().HitAsync(name);
            return (await second.Get<IWindowCounter>().HitAsync(name)).Count == 2;
        });

    private static Task<TestHost> StartAsync(string redis, string? database = null) => TestHost.StartAsync(
        database, builder => builder.Configuration["ConnectionStrings:Redis"] = redis);
}
