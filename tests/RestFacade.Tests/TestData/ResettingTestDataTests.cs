using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;

namespace Equaticket.RestFacade.Tests.TestData;

public sealed class ResettingTestDataTests : ApiTest
{
    internal const string Path = "/api/settings/api-keys/reset-test-data";

    /// <summary>Rows that no route creates today.</summary>
    private static readonly string[] OtherRows =
    [
        """
        INSERT INTO refunds (organization_id, livemode, id, order_id, amount, origin, status,
            attendee_ids, attempts, created_at, updated_at)
        SELECT organization_id, livemode, gen_random_uuid(), id, 0, 'api', 'failed', '{}', 0,
            now(), now()
        FROM orders WHERE organization_id = $1
        """,
        """
        INSERT INTO scans (organization_id, livemode, id, attendee_id, event_id, outcome, created_at)
        SELECT organization_id, livemode, gen_random_uuid(), id, event_id, 'accepted', now()
        FROM attendees WHERE organization_id = $1
        """,
        """
        INSERT INTO check_in_keys
            (organization_id, livemode, id, public_key, private_key, created_at)
        VALUES ($1, false, gen_random_uuid(), '', '', now()) ON CONFLICT DO NOTHING
        """,
        """
        INSERT INTO stripe_accounts (organization_id, livemode, charges_enabled, updated_at)
        VALUES ($1, false, true, now()) ON CONFLICT DO NOTHING
        """,
    ];

    [Fact]
    public async Task Reset_removes_test_data_but_keeps_keys_and_live_data()
    {
        // The webhook's host does not resolve, so its deliveries stay in the queue.
        (await Org.Test.PostAsync("/api/v1/webhooks", new
        {
            url = "https://hooks.example/equaticket",
            events = new[] { "order.created" },
        })).AssertStatus(201);
        await FillAsync(Org.Test);
        await FillAsync(Org.Live);
        foreach (var sql in OtherRows)
            await Host.ExecuteSqlAsync(sql, Org.Organization.Id);
        foreach (var table in TestDataTables.Removed(Org))
        {
            Assert.True(
                await TestDataTables.CountAsync(Org, table, livemode: false) > 0,
                $"Teach this test to make a test row in {table}.");
        }

        // Creates the signing key now. Otherwise the email to the live buyer would create it at an unpredictable time.
        var scanner = await Org.SignInAsync(Role.CheckInOnly, livemode: true);
        Assert.Null((await scanner.GraphQLAsync("{ checkInKeys { keyId } }")).ErrorCode);
        var live = await TestDataTables.LiveRowsAsync(Org);
        var kept = await CountKeptAsync();
        (await Org.Test.PostAsync(Path)).MatchSnapshot();

        foreach (var table in TestDataTables.Removed(Org))
            Assert.Equal((table, 0), (table, await TestDataTables.CountAsync(Org, table, false)));
        Assert.Equal(kept, await CountKeptAsync());
        Assert.Equal(live, await TestDataTables.LiveRowsAsync(Org));
        (await Org.Test.GetAsync("/api/v1/events")).AssertStatus(200);
    }

    [Fact]
    public async Task Reset_with_a_key_is_replayed_and_numbers_restart()
    {
        await FillAsync(Org.Test);
        var first = await ResetAsync();
        Assert.Equal(1, (int)first.AssertStatus(200).Json!["deleted"]!["orders"]!);
        await FillAsync(Org.Test);
        var second = await ResetAsync();
        Assert.Equal(
            (first.Body, "true"), (second.Body, second.Header("Idempotent-Replayed")));
        var orders = await Org.Test.GetAsync("/api/v1/orders");
        Assert.Equal(["EQ-1001"], orders.Column("order_number"));
    }

    [Fact]
    public async Task Reset_by_a_session_removes_test_data_in_either_mode()
    {
        await FillAsync(Org.Test);
        await FillAsync(Org.Live);
        var admin = await Org.SignInAsync(Role.Admin, livemode: true);
        var reset = (await admin.PostAsync(Path)).AssertStatus(200);
        Assert.Equal(1, (int)reset.Json!["deleted"]!["events"]!);
        Assert.Empty((await Org.Test.GetAsync("/api/v1/events")).Column("id"));
        Assert.Single((await Org.Live.GetAsync("/api/v1/events")).Column("id"));
    }

    private async Task<string> CountKeptAsync()
    {
        var counts = new List<string>();
        foreach (var table in TestDataTables.KeptOnes(Org))
            counts.Add($"{table} {await TestDataTables.CountAsync(Org, table, livemode: false)}");
        return string.Join(", ", counts);
    }

    private Task<ApiResponse> ResetAsync() =>
        Org.Test.SendAsync(HttpMethod.Post, Path, body: null, ("Idempotency-Key", "reset"));

    /// <summary>Sells one ticket; in live mode a free one, by checkout.</summary>
    private static async Task FillAsync(ApiClient client)
    {
        var eventId = await client.CreateEventAsync();
        var typeId = await client.CreateTicketTypeAsync(eventId, client.Key.Livemode ? 0 : 2500);
        (await client.SendAsync(
            HttpMethod.Post, $"/api/v1/events/{eventId}/publish", body: null,
            ("Idempotency-Key", eventId))).AssertStatus(200);
        if (!client.Key.Livemode)
        {
            (await TestSale.BuyAsync(client, eventId, typeId)).AssertStatus(201);
            return;
        }

        const string checkout =
            "mutation ($input: CheckoutInput!) { checkout(input: $input) { orderNumber } }";
        var input = new
        {
            eventId,
            buyerName = "Ada",
            buyerEmail = "ada@example.com",
            items = new[] { new { ticketTypeId = typeId, quantity = 1 } },
        };
        Assert.Null((await client.GraphQLAsync(checkout, new { input })).ErrorCode);
    }
}
