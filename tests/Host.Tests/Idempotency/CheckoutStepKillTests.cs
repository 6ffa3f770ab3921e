using Equaticket.Testing.Stripe;
using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>
/// A host that dies at a step of a checkout, which commits the order before it calls Stripe: the retry
/// continues with the same order and payment.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CheckoutStepKillTests : IAsyncLifetime
{
    private const string IdempotencyKey = "550e8400-e29b-41d4-a716-446655440000";
    private const string IsWaiting = "wait_event_type = 'Lock'";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private StripeStandIn _stripe = null!;
    private KillableHost _host = null!;
    private object _cart = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeStandIn.StartAsync();
        _host = await KillableHost.StartAsync(settings: [.. _stripe.Settings.Select(setting =>
            (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))]);
        await ExecuteAsync(
            """
            INSERT INTO stripe_accounts (organization_id, livemode, account_id, charges_enabled,
                payouts_enabled, details_submitted, events_check_at, updated_at)
            SELECT id, false, 'acct_demo', true, true, true, now(), now() FROM organizations
            ON CONFLICT (organization_id, livemode) DO UPDATE SET account_id = excluded.account_id
            """);
        _cart = await CartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Fact]
    public async Task A_kill_before_the_order_is_committed_leaves_nothing()
    {
        await using (var connection = await _host.Database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, "LOCK TABLE idempotency_records IN SHARE MODE");
            await KillOnceAsync(BuyAsync(), () => IsTrueAsync(IsWaiting));
        }

        Assert.Equal(0L, await AskAsync("SELECT count(*) FROM orders"));
        await _host.FollowAsync();
        await AssertBoughtOnceAsync();
    }

    [Fact]
    public async Task A_checkout_killed_during_a_stripe_call_continues_after_the_lease()
    {
        _stripe.Fail(StripeFault.Slow());
        await KillOnceAsync(BuyAsync(), () => Task.FromResult(_stripe.Requests.Count == 1));
        await ExecuteAsync(
            "UPDATE idempotency_records SET lease_expires_at = now() + interval '1 hour' "
            + "WHERE lease_expires_at IS NOT NULL");
        await _host.FollowAsync();

        var early = await BuyAsync();
        Assert.Equal(("conflict", "1"), (early!.ErrorCode, early.Header("Retry-After")));
        await EndLeaseAsync();
        await AssertBoughtOnceAsync();
    }

    [Fact]
    public async Task A_kill_while_the_outcome_is_recorded_asks_Stripe_for_the_same_payment()
    {
        var slow = StripeFault.Slow();
        _stripe.Fail(slow);
        var cutOff = BuyAsync();
        await Poll.UntilAsync(() => Task.FromResult(_stripe.Requests.Count == 1), Bound);
        await using (var connection = await _host.Database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, "LOCK TABLE orders IN SHARE MODE");
            slow.Gate!.SetResult();
            await KillOnceAsync(cutOff, () => IsTrueAsync(IsWaiting));
        }

        await _host.FollowAsync();
        await EndLeaseAsync();
        await AssertBoughtOnceAsync();
        Assert.Equal(2, _stripe.Requests.Count);
    }

    private async Task KillOnceAsync(Task<ApiResponse?> cutOff, Func<Task<bool>> isReached)
    {
        await Poll.UntilAsync(isReached, Bound);
        await _host.KillAsync();
        Assert.Null(await cutOff);
    }

    private async Task AssertBoughtOnceAsync()
    {
        ApiResponse? answer = null;
        await Poll.UntilAsync(
            async () => (answer = await BuyAsync()) is { ErrorCode: not "conflict" }, Bound);
        Assert.True(answer!.ErrorCode is null, answer.Body);
        var intent = Assert.Single(_stripe.Objects.Intents).Value;
        Assert.Equal(
            (string?)intent["client_secret"],
            (string?)answer.Json!["data"]!["checkout"]!["clientSecret"]);
        Assert.Equal(1L, await AskAsync("SELECT count(*) FROM orders"));
        Assert.Equal(2L, await AskAsync("SELECT sum(quantity_held) FROM ticket_types"));
        Assert.Equal("true", (await BuyAsync())!.Header("Idempotent-Replayed"));
    }

    private Task EndLeaseAsync() => ExecuteAsync(
        "UPDATE idempotency_records SET lease_expires_at = now() WHERE lease_expires_at > now()");

    private Task<ApiResponse?> BuyAsync() => _host.TryPostAsync(
        "/graphql",
        key: null,
        new
        {
            query = "mutation ($input: CheckoutInput!) { checkout(input: $input) { clientSecret } }",
            variables = new { input = _cart },
        },
        IdempotencyKey);

    /// <returns>Two tickets of a new event.</returns>
    private async Task<object> CartAsync()
    {
        var eventId = (await MakeAsync("/api/v1/events", Seed.EventBody())).Id;
        var path = $"/api/v1/events/{eventId}";
        var ticketTypeId = (await MakeAsync($"{path}/ticket-types", Seed.TicketTypeBody())).Id;
        await MakeAsync($"{path}/publish", new { });
        return new
        {
            eventId,
            buyerName = "Ada Lovelace",
            buyerEmail = "ada@example.com",
            items = new[] { new { ticketTypeId, quantity = 2 } },
        };
    }

    private async Task<ApiResponse> MakeAsync(string path, object body)
    {
        var answer = await _host.TryPostAsync(path, _host.Key, body, path);
        Assert.True(answer is { Status: 200 or 201 }, answer?.Body);
        return answer!;
    }

    private async Task<bool> IsTrueAsync(string waits) => await AskAsync(
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {waits}") is > 0L;

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _host.Database.OpenConnectionAsync();
        await ExecuteAsync(connection, sql);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
