using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Equaticket.Host.Tests.Replicas;

/// <summary>Two servers with a replica, and one without, whose writes are not announced.</summary>
public sealed class ReplicaHosts : IAsyncLifetime
{
    private ClusterFolder? _folder;
    private EmbeddedCluster? _cluster;

    public Standby Standby { get; private set; } = null!;

    public TestHost First { get; private set; } = null!;

    public TestHost Second { get; private set; } = null!;

    public TestHost Silent { get; private set; } = null!;

    /// <summary>What the first server logs.</summary>
    public LogCapture Log { get; } = new();

    public async Task InitializeAsync()
    {
        _folder = await ClusterFolder.PreparedAsync();
        _cluster = await _folder.AcquireAsync();
        Standby = await Standby.StartAsync(_cluster.ConnectionString, Path.Join(_folder.Data, "postgres"));
        Silent = await TestHost.StartAsync(_cluster.ConnectionString);
        First = await StartAsync(builder => builder.Logging.AddProvider(Log));
        Second = await StartAsync();
    }

    public Task<TestHost> StartAsync(Action<WebApplicationBuilder>? configure = null) =>
        TestHost.StartAsync(_cluster!.ConnectionString, builder =>
        {
            builder.Configuration["ConnectionStrings:EquaticketReplica"] = Standby.ConnectionString;
            builder.Configuration["Replica:MaxLagSeconds"] = "3600";
            configure?.Invoke(builder);
        });

    public async Task DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Silent.DisposeAsync();
        await Standby.DisposeAsync();
        await _cluster!.DisposeAsync();
        _folder!.Dispose();
    }
}
