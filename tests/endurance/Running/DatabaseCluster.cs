using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Equaticket.Endurance.Running;

/// <summary>Two PostgreSQL servers managed by Patroni with synchronous replication, and etcd.</summary>
public sealed class DatabaseCluster(RunFolder folder)
{
    private const string Password = "endurance";
    private static readonly string[] Names = ["pg1", "pg2"];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private readonly int _etcdPort = folder.FreePort();
    private readonly int _etcdPeerPort = folder.FreePort();
    private Child? _etcd;

    public IReadOnlyList<DatabaseServer> Servers { get; } =
        [.. Names.Select(name => new DatabaseServer(folder, name, folder.FreePort(), folder.FreePort()))];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _etcd = Child.Start(folder, "etcd",
        [
            "etcd", "--data-dir", folder.In("etcd"),
            "--listen-client-urls", $"http://127.0.0.1:{_etcdPort}",
            "--advertise-client-urls", $"http://127.0.0.1:{_etcdPort}",
            "--listen-peer-urls", $"http://127.0.0.1:{_etcdPeerPort}",
            "--initial-advertise-peer-urls", $"http://127.0.0.1:{_etcdPeerPort}",
            "--initial-cluster", $"default=http://127.0.0.1:{_etcdPeerPort}",
        ]);
        foreach (var server in Servers)
            await server.PrepareAsync(Settings(server));
        await Servers[0].StartAsync();
        await Wait.UntilAsync(
            "a primary", TimeSpan.FromMinutes(2), async () => await PrimaryAsync() is not null, cancellationToken);
        await Servers[1].StartAsync();
        await WaitForBothAsync(TimeSpan.FromMinutes(2), cancellationToken);
    }

    public async Task EndAsync()
    {
        await Task.WhenAll(Servers.Select(server => server.EndAsync()));
        if (_etcd is not null)
            await _etcd.TerminateAsync(TimeSpan.FromSeconds(5));
        _http.Dispose();
    }

    /// <returns>The primary; null while there is none.</returns>
    public async Task<DatabaseServer?> PrimaryAsync()
    {
        foreach (var server in Servers)
        {
            if (await AnswersAsync(server, "primary"))
                return server;
        }

        return null;
    }

    public async Task<DatabaseServer?> StandbyAsync() =>
        await PrimaryAsync() is { } primary ? Servers.Single(server => server != primary) : null;

    /// <summary>Waits until there are a primary and a standby that may take over.</summary>
    public Task WaitForBothAsync(TimeSpan patience, CancellationToken cancellationToken) => Wait.UntilAsync(
        "a primary with a synchronous standby", patience,
        async () => await PrimaryAsync() is { } primary && await HasSynchronousStandbyAsync(primary),
        cancellationToken);

    /// <returns>The name, role, and state of each member, as Patroni's REST API reports them.</returns>
    public async Task<string> DescribeAsync()
    {
        var texts = new List<string>();
        foreach (var server in Servers)
        {
            try
            {
                var state = await _http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{server.RestPort}/patroni");
                texts.Add($"{server.Name} {state.GetProperty("role")} {state.GetProperty("state")}");
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException)
            {
                texts.Add($"{server.Name} gone");
            }
        }

        return string.Join(", ", texts);
    }

    public async Task ControlAsync(params string[] command)
    {
        var (code, output) = await Child.RunAsync(
            folder, "patronictl", ["patronictl", "-c", Servers[0].SettingsFile, .. command]);
        if (code != 0)
            throw new InvalidOperationException($"patronictl {string.Join(' ', command)}: {output}");
    }

    /// <summary>Creates the product's role and database, as an operator would.</summary>
    public async Task CreateDatabaseAsync(string role, string password, CancellationToken cancellationToken)
    {
        var primary = await PrimaryAsync() ?? throw new InvalidOperationException("There is no primary.");
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={primary.Port};Database=postgres;Username=postgres;Password={Password}");
        foreach (var statement in (string[])
            [
                $"CREATE ROLE {role} LOGIN PASSWORD '{password}'",
                // PgBouncer 1.18 doesn't forward the statement timeout in the connection options.
                $"ALTER ROLE {role} SET statement_timeout = '30s'",
                $"CREATE DATABASE {role} OWNER {role}",
            ])
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Writes more WAL than the standby has room for.</summary>
    public static async Task WriteLogAsync(DatabaseServer primary)
    {
        await using var source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={primary.Port};Database=postgres;Username=postgres;Password={Password}");
        // A non-transactional message commits nothing, so it doesn't wait for the standby.
        await using var command = source.CreateCommand(
            "SELECT pg_logical_emit_message(false, 'ballast', repeat('x', 1024 * 1024)) FROM generate_series(1, 160)");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads from etcd, unlike <c>/synchronous</c> of a standby, which reports what it last heard.</summary>
    private async Task<bool> HasSynchronousStandbyAsync(DatabaseServer primary)
    {
        try
        {
            var cluster = await _http.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{primary.RestPort}/cluster");
            return cluster.GetProperty("members").EnumerateArray()
                .Any(member => $"{member.GetProperty("role")}" == "sync_standby");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException)
        {
            return false;
        }
    }

    private async Task<bool> AnswersAsync(DatabaseServer server, string role)
    {
        try
        {
            using var response = await _http.GetAsync($"http://127.0.0.1:{server.RestPort}/{role}");
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private string Settings(DatabaseServer server) => $$"""
        scope: equaticket
        name: {{server.Name}}
        restapi: {listen: '127.0.0.1:{{server.RestPort}}', connect_address: '127.0.0.1:{{server.RestPort}}'}
        etcd3: {hosts: '127.0.0.1:{{_etcdPort}}'}
        bootstrap:
          dcs:
            ttl: 20
            loop_wait: 2
            retry_timeout: 5
            synchronous_mode: true
            postgresql:
              use_pg_rewind: true
              parameters:
                max_connections: 200
                shared_buffers: 64MB
                max_wal_size: 96MB
                min_wal_size: 32MB
                wal_keep_size: 256MB
                wal_log_hints: 'on'
          initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
        postgresql:
          listen: 127.0.0.1:{{server.Port}}
          connect_address: 127.0.0.1:{{server.Port}}
          data_dir: {{server.DataFolder}}
          bin_dir: {{RunOptions.PostgresPrograms}}
          remove_data_directory_on_rewind_failure: true
          remove_data_directory_on_diverged_timelines: true
          parameters: {unix_socket_directories: ''}
          pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256']
          authentication:
            superuser: {username: postgres, password: {{Password}}}
            replication: {username: replicator, password: {{Password}}}
            rewind: {username: rewinder, password: {{Password}}}
        """;
}
