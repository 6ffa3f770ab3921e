using Equaticket.Host.EmbeddedPostgres;
using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Host.Tests.Serving;
using Npgsql;

namespace Equaticket.Host.Tests.Selling;

/// <summary>An event of the demo organization, in test mode, on a host that is killed now and then.</summary>
internal sealed class SaleOverKills : IAsyncDisposable
{
    private readonly ClusterFolder _folder;
    private readonly EmbeddedCluster _cluster;
    private readonly (string Name, string Value)[] _settings;
    private RunningHost _host;

    private SaleOverKills(
        ClusterFolder folder,
        EmbeddedCluster cluster,
        RunningHost host,
        (string Name, string Value)[] settings)
    {
        (_folder, _cluster, _host, _settings) = (folder, cluster, host, settings);
        (Key, Database) = (host.TestKey, NpgsqlDataSource.Create(cluster.ConnectionString));
    }

    public string Key { get; }

    public string EventId { get; private set; } = "";

    public IReadOnlyList<string> TypeIds { get; private set; } = [];

    public NpgsqlDataSource Database { get; }

    public string ConnectionString => _cluster.ConnectionString;

    public static async Task<SaleOverKills> StartAsync(
        int each, params (string Name, string Value)[] settings)
    {
        settings = [("RateLimits__CheckoutPerMinute", "1000000"), .. settings];
        var folder = await ClusterFolder.PreparedAsync();
        var host = await RunningHost.StartAsync(folder.Data, settings: settings);
        var sale = new SaleOverKills(folder, await folder.AcquireAsync(), host, settings);
        await sale.PutOnSaleAsync(each);
        return sale;
    }

    /// <returns>The answer, or null if the host died first.</returns>
    public async Task<ApiResponse?> TryPostAsync(
        string path, string? key, object body, string idempotencyKey)
    {
        try
        {
            return await ApiResponse.SendAsync(
                _host.Http, HttpMethod.Post, path, key, body, ("Idempotency-Key", idempotencyKey));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary><c>kill -9</c>, and a new start.</summary>
    public async Task KillAsync()
    {
        await _host.KillAsync();
        await _host.DisposeAsync();
        _host = await RunningHost.StartAsync(_folder.Data, settings: _settings);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(await reader.GetFieldValueAsync<T>(0));
        return rows;
    }

    /// <summary>Gives the organization an account that accepts payments in test mode.</summary>
    public Task ConnectStripeAsync() => QueryAsync<object>(
        """
        INSERT INTO stripe_accounts
            (organization_id, livemode, account_id, charges_enabled, updated_at)
        SELECT id, false, 'acct_' || id, true, now() FROM organizations
        ON CONFLICT (organization_id, livemode)
            DO UPDATE SET account_id = excluded.account_id, charges_enabled = true
        """);

    /// <summary>Asserts that <c>./equaticket check</c> finds nothing, while the server runs.</summary>
    public async Task AssertConsistentAsync()
    {
        var outcome = await HostProgram.RunAsync(_folder.Data, "check --json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
        Assert.Empty(outcome.Json["differences"]!.AsArray());
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _host.DisposeAsync();
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    private async Task PutOnSaleAsync(int each)
    {
        EventId = (await _host.PostAsync("/api/v1/events", Key, Seed.EventBody())).Id;
        var types = new List<string>();
        foreach (var price in new[] { 1000, 2000, 3000 })
        {
            types.Add((await _host.PostAsync(
                $"/api/v1/events/{EventId}/ticket-types", Key,
                Seed.TicketTypeBody(price, each))).Id);
        }

        TypeIds = types;
        var published = await _host.PostAsync(
            $"/api/v1/events/{EventId}/publish", Key, new { });
        Assert.True(published.Status == 200, published.Body);
    }
}
