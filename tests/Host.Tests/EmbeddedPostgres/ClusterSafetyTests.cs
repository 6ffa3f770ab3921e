using Equaticket.Host.EmbeddedPostgres;
using Npgsql;

namespace Equaticket.Host.Tests.EmbeddedPostgres;

[Trait("Category", "Heavy")]
public sealed class ClusterSafetyTests : IDisposable
{
    private readonly ClusterFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_server_is_durable_and_private_and_requires_the_password()
    {
        await using var cluster = await _folder.AcquireAsync();
        const string Asked = """
            SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'),
                current_setting('full_page_writes'), current_setting('listen_addresses'),
                current_setting('server_encoding'), datcollate, current_user)
            FROM pg_database WHERE datname = current_database()
            """;
        Assert.Equal(
            "on on on 127.0.0.1 UTF8 C equaticket",
            await ClusterFolder.AskAsync(cluster.ConnectionString, Asked));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            new FileInfo(_folder.PasswordFile).UnixFileMode);
        var stranger = new NpgsqlConnectionStringBuilder(cluster.ConnectionString)
        {
            Password = "guessed",
        };
        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => ClusterFolder.AskAsync(stranger.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task The_remains_of_an_interrupted_creation_are_removed()
    {
        var left = Directory.CreateDirectory(Path.Join(_folder.Data, "postgres.new-0a1b2c3d"));
        await File.WriteAllTextAsync(Path.Join(left.FullName, "PG_VERSION"), "15");
        await File.WriteAllTextAsync(_folder.PasswordFile, "from_the_first_try");

        await using var cluster = await _folder.AcquireAsync();
        Assert.False(Directory.Exists(left.FullName));
        Assert.Contains("from_the_first_try", cluster.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_password_is_reported_and_the_cluster_stays()
    {
        await (await _folder.AcquireAsync()).DisposeAsync();
        File.Delete(_folder.PasswordFile);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(_folder.AcquireAsync);
        Assert.Contains(_folder.PasswordFile, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PasswordFile));
        Assert.True(Directory.Exists(Path.Join(_folder.Data, "postgres")));
    }

    /// <summary>A symbolic link to itself simulates any disk error, such as a full or read-only disk.</summary>
    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_not_mistaken_for_one_in_use()
    {
        Directory.CreateDirectory(_folder.Data);
        var turn = Path.Join(_folder.Data, "postgres.turn.lock");
        File.CreateSymbolicLink(turn, turn);
        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(_folder.AcquireAsync);
        Assert.StartsWith($"The data folder {_folder.Data} cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_reported_with_its_log()
    {
        await (await _folder.AcquireAsync()).DisposeAsync();
        var settings = Path.Join(_folder.Data, "postgres", "postgresql.conf");
        await File.AppendAllTextAsync(settings, "no_such_setting = on\n");

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(_folder.AcquireAsync);
        Assert.Contains("no_such_setting", error.Message, StringComparison.Ordinal);
    }
}
