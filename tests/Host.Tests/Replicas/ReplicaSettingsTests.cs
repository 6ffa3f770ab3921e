using Equaticket.Host.Hosting;
using Equaticket.Persistence.Replicas;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Host.Tests.Replicas;

public sealed class ReplicaSettingsTests
{
    [Fact]
    public async Task Each_host_is_a_replica()
    {
        await using var app = EquaticketServer.Build("Host=127.0.0.1;Port=1", builder =>
            builder.Configuration["ConnectionStrings:EquaticketReplica"] =
                "Host=one, two:5433,[::1]:5434;Port=5431;Load Balance Hosts=true;Target Session Attributes=standby");
        Assert.Equal(
            ["one:5431", "two:5433", "::1:5434"],
            app.Services.GetRequiredService<ReplicaPool>().All.Select(replica => replica.Name));
    }

    [Fact]
    public async Task Without_the_setting_there_are_none()
    {
        await using var app = EquaticketServer.Build("Host=127.0.0.1;Port=1");
        Assert.Same(ReplicaPool.None, app.Services.GetRequiredService<ReplicaPool>());
    }
}
