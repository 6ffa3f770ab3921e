using Equaticket.Persistence;
using Equaticket.Testing.Stripe;
using Npgsql;

namespace Equaticket.Host.Tests.Idempotency;

/// <summary>
/// A host that dies at a step of a checkout, which commits the order before it calls Stripe. The retry continues with
/// the same order and payment.
/// </summary>
[Trait("Category", "Heavy")]
public sealed class CheckoutStepKillTests(CheckoutStepHost shared) : IClassFixture<CheckoutStepHost>, IAsyncLifetime
{
    private const string IsWaiting = "wait_event_type = 'Lock'";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly StripeStandIn _stripe = shared.Stripe;
    private readonly KillableHost _host = shared.Host;
    private readonly string _key = $"{new RowStamps(TimeProvider.System).Next().Id}";
    private string _eventId = "";
    private string _ticketTypeId = "";

    /// <summary>The number of requests since the test started that create something.</summary>
    private int Calls => _stripe.Requests.Count(request => request.Method == "POST");

    public async Task InitializeAsync()
    {
        await _host.EnsureServingAsync();
        await PutOnSaleAsync();
        // Only the checkout of the test may call Stripe.
        await ExecuteAsync("UPDATE orders SET payment_check_at = NULL");
        _stripe.Recover();
        _stripe.Requests.Clear();
        _stripe.Objects.Intents.Clear();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_kill_before_the_order_is_committed_leaves_nothing()
    {
        await using (var connection = await _host.Database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            await ExecuteAsync(connection, $"SELECT 1 FROM ticket_types WHERE id = '{_ticketTypeId}' FOR UPDATE");
            await KillOnceAsync(BuyAsync(), () => IsTrueAsync(IsWaiting));
        }

        Assert.Equal(0L, await CountOrdersAsync());
        await _host.FollowAsync();
        await AssertBoughtOnceAsync();
    }

    [Fact]
    public async Task A_checkout_killed_while_the_order_is_committed_continues_after_the_lease()
    {
        await using (await Door.CloseAsync(_host.Database, "TRIGGER door AFTER INSERT ON idempotency_records"))
            await KillOnceAsync(BuyAsync(), () => IsTrueAsync(Door.IsWaiting));
        Assert.Equal(1L, await CountOrdersAsync());
        await _host.FollowAsync();
        await EndLeaseAsync();
        await AssertBoughtOnceAsync();
    }

    [Fact]
    public async Task A_checkout_killed_during_a_stripe_call_continues_after_the_lease()
    {
        var slow = StripeFault.Slow();
        _stripe.Fail(slow);
        await KillOnceAsync(BuyAsync(), () => Task.FromResult(Calls == 1));
        slow.Gate!.SetResult();
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
    public async Task A_kill_while_the_outcome_is_recorded_requests_the_same_payment_from_Stripe()
    {
        var slow = StripeFault.Slow();
        _stripe.Fail(slow);
        var cutOff = BuyAsync();
        await Poll.UntilAsync(() => Task.FromResult(Calls == 1), Bound);
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
        Assert.Equal(2, Calls);
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
        Assert.Equal(1L, await CountOrdersAsync());
        Assert.Equal(2, await AskAsync($"SELECT quantity_held FROM ticket_types WHERE id = '{_ticketTypeId}'"));
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
            variables = new
            {
                input = new
                {
                    eventId = _eventId,
                    buyerName = "Ada Lovelace",
                    buyerEmail = "ada@example.com",
                    items = new[] { new { ticketTypeId = _ticketTypeId, quantity = 2 } },
                },
            },
        },
        _key);

    private async Task PutOnSaleAsync()
    {
        _eventId = (await MakeAsync("/api/v1/events", Seed.EventBody())).Id;
        var path = $"/api/v1/events/{_eventId}";
        _ticketTypeId = (await MakeAsync($"{path}/ticket-types", Seed.TicketTypeBody())).Id;
        await MakeAsync($"{path}/publish", new { });
    }

    private async Task<ApiResponse> MakeAsync(string path, object body)
    {
        var answer = await _host.TryPostAsync(path, _host.Key, body, _key + path);
        Assert.True(answer is { Status: 200 or 201 }, answer?.Body);
        return answer!;
    }

    private Task<object?> CountOrdersAsync() =>
        AskAsync($"SELECT count(*) FROM orders WHERE event_id = '{_eventId}'");

    private async Task<bool> IsTrueAsync(string waits) => await AskAsync(
        $"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND {waits}") is > 0L;

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private Task ExecuteAsync(string sql) => AskAsync(sql);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
