using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

/// <summary>
/// By default, demo keys are never created for a port that is open to others, or in an external database.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class DemoTests : IDisposable
{
    private static readonly (string, string) Development = ("ASPNETCORE_ENVIRONMENT", "Development");

    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_single_open_listener_prevents_the_demo()
    {
        await using var host = await RunningHost.StartAsync(
            _folder.Data, words: null,
            ("Kestrel__Endpoints__Own__Url", "http://127.0.0.1:0"),
            ("Kestrel__Endpoints__Open__Url", "http://0.0.0.0:0"));
        Assert.Empty(host.Keys);
    }

    [Fact]
    public async Task An_external_database_gets_a_demo_only_on_request()
    {
        var own = ("ConnectionStrings__Equaticket", await TestCluster.CreateDatabaseAsync());
        await using (var plain = await RunningHost.StartAsync(
            _folder.Data, words: null, own, Development))
            Assert.Empty(plain.Keys);
        Assert.False(Directory.Exists(_folder.Data));

        await using var asked = await RunningHost.StartAsync(
            _folder.Data, ["--demo"], own, Development, ("ASPNETCORE_URLS", "http://0.0.0.0:0"));
        Assert.NotEmpty(asked.Keys);
    }

    [Fact]
    public async Task A_production_host_with_an_external_database_needs_a_certificate()
    {
        var own = ("ConnectionStrings__Equaticket", await TestCluster.CreateDatabaseAsync());
        using var process = HostProgram.Start(_folder.Data, ["serve"], own);
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("DataProtection__CertificatePath", errors, StringComparison.Ordinal);
    }
}
