using StackExchange.Redis;

namespace Equaticket.Host.Tests.RateLimiting;

/// <summary>Two Redis nodes, each with half of the slots.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private readonly RedisServer[] _nodes;

    private RedisCluster(RedisServer[] nodes) => _nodes = nodes;

    public string ConnectionString => _nodes[0].ConnectionString;

    public static async Task<RedisCluster> StartAsync()
    {
        var ports = (First: RedisServer.FreePort(), Second: RedisServer.FreePort());
        var cluster = new RedisCluster([await StartNodeAsync(ports.First), await StartNodeAsync(ports.Second)]);
        await cluster.ExecuteAsync(0, "ADDSLOTSRANGE", "0", "8191");
        await cluster.ExecuteAsync(1, "ADDSLOTSRANGE", "8192", "16383");
        var other = cluster._nodes[1].ConnectionString.Split(':');
        await cluster.ExecuteAsync(0, "MEET", other[0], other[1], $"{ports.Second}");
        foreach (var node in (int[])[0, 1])
        {
            await Poll.UntilAsync(
                async () => (await cluster.ExecuteAsync(node, "INFO"))
                    .Contains("cluster_state:ok", StringComparison.Ordinal));
        }

        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private static Task<RedisServer> StartNodeAsync(int busPort) => RedisServer.StartAsync(
        "--cluster-enabled", "yes", "--cluster-port", $"{busPort}",
        "--dir", Directory.CreateTempSubdirectory("redis").FullName);

    private async Task<string> ExecuteAsync(int node, params object[] command)
    {
        var options = ConfigurationOptions.Parse(_nodes[node].ConnectionString);
        options.AllowAdmin = true;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        return $"{await redis.GetServers()[0].ExecuteAsync("CLUSTER", command)}";
    }
}
