using Equaticket.Host.Tests.EmbeddedPostgres;
using Equaticket.Host.Tests.Serving;

namespace Equaticket.Host.Tests.Deployment;

/// <summary>
/// The server behind PgBouncer in transaction mode, set up as <c>deploy/pgbouncer</c> says, with fewer connections to
/// PostgreSQL than the server has to PgBouncer.
/// </summary>
[Trait("Category", "Long")]
public sealed class PgBouncerTests
{
    private static readonly Version PreparesFrom = new(1, 21);

    [Fact]
    public async Task It_migrates_sells_and_streams_without_prepared_statements() =>
        await UseAsync(prepares: false);

    /// <remarks>With an older PgBouncer, operators must turn prepared statements off, so this isn't tested.</remarks>
    [Fact]
    public async Task It_works_with_prepared_statements_if_PgBouncer_supports_them()
    {
        if (await PgBouncer.VersionAsync() >= PreparesFrom)
            await UseAsync(prepares: true);
    }

    private static async Task UseAsync(bool prepares)
    {
        var direct = await TestCluster.CreateDatabaseAsync();
        await using var pooler = await PgBouncer.StartAsync(direct);
        using var folder = new ClusterFolder();
        await using var host = await RunningHost.StartAsync(
            folder.Data, ["--demo"],
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("ConnectionStrings__Equaticket", pooler.ConnectionString),
            ("ConnectionStrings__EquaticketDirect", direct),
            ("Database__PrepareStatements", prepares ? "true" : "false"),
            ("RateLimits__CheckoutPerMinute", "1000000"));
        var eventId = await OnSaleAsync(host);
        await using var stream = await OpenSubscription.OpenAsync(
            host.Http, "subscription ($id: ID!) { orderConfirmed(eventId: $id) { orderNumber } }",
            new { id = eventId.Event }, after: null, ApiResponse.Credential(host.TestKey));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => BuyAndReadAsync(host, eventId, number)));
        Assert.NotNull((await stream.ReadAsync())!.Json["data"]!["orderConfirmed"]!["orderNumber"]);
        Assert.Equal(40L, await ClusterFolder.AskAsync(
            direct, $"SELECT quantity_sold::bigint FROM ticket_types WHERE id = '{eventId.TicketType}'"));
        Assert.InRange((long)(await ClusterFolder.AskAsync(
            direct,
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'equaticket'
            """))!,
            1, PgBouncer.PoolSize);
        Assert.Equal(0, await host.InterruptAsync());
    }

    private static async Task<(string Event, string TicketType)> OnSaleAsync(RunningHost host)
    {
        var made = await host.PostAsync("/api/v1/events", host.TestKey, Seed.EventBody());
        var type = await host.PostAsync(
            $"/api/v1/events/{made.Id}/ticket-types", host.TestKey, Seed.TicketTypeBody(price: 0));
        Assert.Equal(200, (await host.PostAsync($"/api/v1/events/{made.Id}/publish", host.TestKey, new { })).Status);
        return (made.Id, type.Id);
    }

    private static async Task BuyAndReadAsync(
        RunningHost host, (string Event, string TicketType) sold, int number)
    {
        var bought = await host.PostAsync("/graphql", host.TestKey, new
        {
            query = "mutation ($input: CheckoutInput!) { checkout(input: $input) { status } }",
            variables = new
            {
                input = new
                {
                    eventId = sold.Event,
                    buyerName = "Ada Lovelace",
                    buyerEmail = "ada@example.com",
                    items = new[] { new { ticketTypeId = sold.TicketType, quantity = 1 } },
                },
            },
        });
        Assert.True((string?)bought.Json!["data"]?["checkout"]?["status"] == "CONFIRMED", bought.Body);
        Assert.Equal(200, (await host.GetAsync($"/api/v1/orders?event_id={sold.Event}", host.TestKey)).Status);
        var changed = await host.PostAsync(
            "/api/v1/events", host.TestKey, Seed.EventBody(), ("Idempotency-Key", $"pooled-{number}"));
        Assert.Equal(201, changed.Status);
    }
}
