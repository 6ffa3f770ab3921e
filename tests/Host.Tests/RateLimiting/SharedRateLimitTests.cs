using Microsoft.Extensions.Configuration;

namespace Equaticket.Host.Tests.RateLimiting;

/// <summary>Two hosts count together in a real Redis.</summary>
[Trait("Category", "Tools")]
public sealed class SharedRateLimitTests
{
    private const int Limit = 40;

    [Fact]
    public async Task Two_hosts_allow_exactly_the_limit_of_the_plan()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis, first.ConnectionString);
        var answers = await RedisServer.InOneWindowAsync(async () =>
        {
            var org = await first.CreateOrganizationAsync();
            ApiClient[] clients = [org.Live, org.Live.On(second)];
            return await Task.WhenAll(Enumerable.Range(0, 2 * Limit)
                .Select(number => clients[number % 2].GetAsync("/api/v1/events")));
        });

        Assert.Equal(Limit, answers.Count(answer => answer.Status == 200));
        Assert.Equal(Limit, answers.Count(answer => answer.Status == 429));
    }

    [Fact]
    public async Task No_request_fails_when_redis_is_stopped()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await StartAsync(redis);
        var org = await host.CreateOrganizationAsync();
        for (var number = 0; number < 20; number++)
        {
            if (number == 10)
                await redis.DisposeAsync();
            Assert.Equal(200, (await org.Live.GetAsync("/api/v1/events")).Status);
        }
    }

    private static Task<TestHost> StartAsync(RedisServer redis, string? database = null) =>
        TestHost.StartAsync(database, builder => builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                // Redis may respond late on a busy machine; a host that then counted alone would allow more.
                ["ConnectionStrings:Redis"] = $"{redis.ConnectionString},asyncTimeout=60000",
                ["RateLimits:Plans:pro"] = $"{Limit}",
            }));
}
