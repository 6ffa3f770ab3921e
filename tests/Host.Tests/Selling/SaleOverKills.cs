using Equaticket.Host.Tests.Idempotency;

namespace Equaticket.Host.Tests.Selling;

/// <summary>A test event of the demo organization, on a host that is killed repeatedly.</summary>
internal sealed class SaleOverKills : IAsyncDisposable
{
    private readonly KillableHost _host;

    private SaleOverKills(KillableHost host) => _host = host;

    public string Key => _host.Key;

    public string EventId { get; private set; } = "";

    public IReadOnlyList<string> TypeIds { get; private set; } = [];

    public string ConnectionString => _host.ConnectionString;

    public static async Task<SaleOverKills> StartAsync(
        int each, params (string Name, string Value)[] settings)
    {
        var host = await KillableHost.StartAsync(
            [("RateLimits__CheckoutPerMinute", "1000000"), .. settings]);
        var sale = new SaleOverKills(host);
        await sale.PutOnSaleAsync(each);
        return sale;
    }

    /// <inheritdoc cref="KillableHost.TryPostAsync"/>
    public Task<ApiResponse?> TryPostAsync(string path, string? key, object body, string idempotencyKey) =>
        _host.TryPostAsync(path, key, body, idempotencyKey);

    /// <summary>Kills the host with <c>kill -9</c>, and starts another.</summary>
    public async Task KillAsync()
    {
        await _host.KillAsync();
        await _host.FollowAsync();
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
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

    /// <summary>Asserts that <c>./equaticket check</c> finds nothing while the server runs.</summary>
    public async Task AssertConsistentAsync()
    {
        var outcome = await HostProgram.RunHereAsync("check --json", ("EQUATICKET_DATA", _host.Data));
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Errors);
        Assert.Empty(outcome.Json["differences"]!.AsArray());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task PutOnSaleAsync(int each)
    {
        EventId = (await MakeAsync(201, "/api/v1/events", Seed.EventBody())).Id;
        var path = $"/api/v1/events/{EventId}";
        var types = new List<string>();
        foreach (var price in new[] { 1000, 2000, 3000 })
            types.Add((await MakeAsync(201, $"{path}/ticket-types", Seed.TicketTypeBody(price, each))).Id);
        TypeIds = types;
        await MakeAsync(200, $"{path}/publish", new { });
    }

    private async Task<ApiResponse> MakeAsync(int status, string path, object body)
    {
        var answer = await TryPostAsync(path, Key, body, Path.GetRandomFileName());
        Assert.True(answer?.Status == status, answer?.Body);
        return answer!;
    }
}
