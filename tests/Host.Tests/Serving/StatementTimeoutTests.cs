using Equaticket.Host.Hosting;
using Equaticket.Persistence;
using Npgsql;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The database cancels long statements, even if the host that sent them is gone.</summary>
public sealed class StatementTimeoutTests : ApiTest
{
    [Fact]
    public async Task Every_connection_of_a_host_limits_the_time_of_its_statements()
    {
        await using var listener = NpgsqlDataSource.Create(Host.Get<ListenerConnection>().ConnectionString);
        foreach (var database in new[]
        {
            Host.Get<NpgsqlDataSource>(), Host.Get<CounterDatabase>().Source, listener,
        })
        {
            await using var command = database.CreateCommand("SHOW statement_timeout");
            Assert.Equal("30s", await command.ExecuteScalarAsync());
        }
    }

    [Fact]
    public async Task A_limit_in_the_connection_string_takes_precedence()
    {
        await using var host = await TestHost.StartAsync(
            $"{await TestCluster.CreateMigratedDatabaseAsync()};Options=-c statement_timeout=7s");
        await using var command = host.Get<NpgsqlDataSource>().CreateCommand("SHOW statement_timeout");
        Assert.Equal("7s", await command.ExecuteScalarAsync());
    }
}
