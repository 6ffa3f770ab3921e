using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

/// <summary>Demo keys never open a port that others reach, or a database of one's own, unasked.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task An_open_listener_gets_a_demo_only_when_asked_for(string urls)
    {
        await using (var open = await RunningHost.StartAsync(
            _folder.Data, words: null, ("ASPNETCORE_URLS", urls)))
            Assert.Empty(open.Keys);

        await using var asked = await RunningHost.StartAsync(
            _folder.Data, ["--demo"], ("ASPNETCORE_URLS", urls));
        Assert.NotEmpty(asked.Keys);
    }

    [Fact]
    public async Task A_database_of_ones_own_gets_a_demo_only_when_asked_for()
    {
        var own = ("ConnectionStrings__Equaticket", await TestCluster.CreateDatabaseAsync());
        await using (var plain = await RunningHost.StartAsync(_folder.Data, words: null, own))
            Assert.Empty(plain.Keys);
        Assert.False(Directory.Exists(_folder.Data));

        await using var asked = await RunningHost.StartAsync(_folder.Data, ["--demo"], own);
        Assert.NotEmpty(asked.Keys);
    }
}
