using System.Text.Json;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.Commands;

/// <summary>Commands read the same settings as the server.</summary>
[Trait("Category", "Heavy")]
public sealed class CommandSettingsTests : IDisposable
{
    private const string Environment = "CommandSettingsTests";

    private readonly ClusterFolder _folder = new();

    private readonly string _file = Path.Join(
        Path.GetDirectoryName(HostProgram.Program), $"appsettings.{Environment}.json");

    public void Dispose()
    {
        File.Delete(_file);
        _folder.Dispose();
    }

    [Fact]
    public async Task It_uses_and_names_the_database_of_the_settings_file()
    {
        var own = new NpgsqlConnectionStringBuilder(await TestCluster.CreateMigratedDatabaseAsync());
        await File.WriteAllTextAsync(_file, JsonSerializer.Serialize(
            new { ConnectionStrings = new { Equaticket = own.ConnectionString } }));
        var made = await HostProgram.RunAsync(
            _folder.Data, "org create --slug filed --name Filed --plan free",
            ("ASPNETCORE_ENVIRONMENT", Environment));
        Assert.Equal(
            (0, $"Using the PostgreSQL database {own.Database} on 127.0.0.1:{own.Port} as {own.Username}.\n"),
            (made.ExitCode, made.Errors));
        Assert.Equal(
            1L, await ClusterFolder.AskAsync(own.ConnectionString, "SELECT count(*) FROM organizations"));
        Assert.False(Directory.Exists(_folder.Data));
    }
}
