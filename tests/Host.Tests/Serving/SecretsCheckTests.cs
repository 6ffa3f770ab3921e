using System.Security.Cryptography;
using System.Xml.Linq;
using Equaticket.Host.Commands;
using Equaticket.Host.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The startup check of the keys that encrypt stored secrets.</summary>
public sealed class SecretsCheckTests : IAsyncLifetime
{
    private string _database = "";

    public async Task InitializeAsync() => _database = await TestCluster.CreateMigratedDatabaseAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Servers_that_start_at_the_same_time_share_one_key()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => CheckAsync())));
        Assert.Equal(
            1L, await EmbeddedPostgres.ClusterFolder.AskAsync(_database, "SELECT count(*) FROM data_protection_keys"));
    }

    [Fact]
    public async Task A_database_that_fails_while_the_keys_are_read_is_not_mistaken_for_one_without_keys()
    {
        await CheckAsync();
        var fault = await Assert.ThrowsAsync<CryptographicException>(() => CheckAsync(
            services => services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new FailingKeys())));
        Assert.Equal("The database cannot be used: It is being restarted.", ExpectedErrors.Sentence(fault));
    }

    /// <summary>Runs the check that a server runs before it serves requests.</summary>
    private async Task CheckAsync(Action<IServiceCollection>? change = null)
    {
        var configuration = new ConfigurationBuilder().Build();
        var added = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddEquaticket(_database).WrapStoredSecrets(configuration);
        change?.Invoke(added);
        await using var services = added.BuildServiceProvider();
        await services.GetRequiredService<SecretsCheck>().RunAsync(CancellationToken.None);
    }

    private sealed class FailingKeys : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => throw new NpgsqlException("It is being restarted.");

        public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException();
    }
}
