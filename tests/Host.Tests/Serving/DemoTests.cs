using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

/// <summary>Demo keys never open a port that others reach, or a database of one's own, unasked.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_open_listener_is_enough_for_no_demo()
    {
        await using var host = await RunningHost.StartAsync(
            _folder.Data, words: null, ("ASPNETCORE_URLS", "http://127.0.0.1:0;http://0.0.0.0:0"));
        Assert.Empty(host.Keys);
    }

    [Fact]
    public async Task A_database_of_ones_own_gets_a_demo_only_when_asked_for()
    {
        var own = ("ConnectionStrings__Equaticket", await TestCluster.CreateDatabaseAsync());
        await using (var plain = await RunningHost.StartAsync(_folder.Data, words: null, own))
            Assert.Empty(plain.Keys);
        Assert.False(Directory.Exists(_folder.Data));

        await using var asked = await RunningHost.StartAsync(
            _folder.Data, ["--demo"], own, ("ASPNETCORE_URLS", "http://0.0.0.0:0"));
        Assert.NotEmpty(asked.Keys);
    }
}
