using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;
using Equaticket.Testing.Stripe;
using Equaticket.Testing.Webhooks;
using Npgsql;

namespace Equaticket.Persistence.Tests.Indexes;

/// <summary>
/// A separate host with many rows in each growing table, half of them in one organization, and a log of the statements
/// that it sends. Its background jobs run only when a test calls them.
/// </summary>
public abstract class ManyRows(int count) : IAsyncLifetime
{
    public StripeHost Stripe { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public TestOrganization Org { get; private set; } = null!;

    public SessionClient Admin { get; private set; } = null!;

    public StatementLog Statements { get; } = new();

    public TableIndexes Indexes { get; private set; } = null!;

    /// <summary>A published live event with many orders.</summary>
    public string EventId { get; private set; } = "";

    public string FreeTypeId { get; private set; } = "";

    public string PaidTypeId { get; private set; } = "";

    public string WebhookId { get; private set; } = "";

    /// <summary>An order of the event, for one free ticket.</summary>
    public Sale Sold { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Stripe.InitializeAsync();
        var database = await TestCluster.CreateMigratedDatabaseAsync();
        Host = await Stripe.StartHostAsync(database, builder => Statements.Attach(builder, database));
        Org = await Stripe.CreateOrganizationAsync(Host);
        Admin = await Org.SignInAsync(Role.Admin);
        await MakeModelsAsync();
        await MultiplyAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Host.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <returns>The data of a response that must have no errors.</returns>
    public static JsonNode Data(ApiResponse answer)
    {
        Assert.True(answer is { Status: 200, ErrorCode: null }, answer.Body);
        return answer.Json!["data"]!;
    }

    /// <summary>Creates one row in each table through the product.</summary>
    private async Task MakeModelsAsync()
    {
        WebhookId = (await Org.Live.CreateWebhookAsync(new("https://hooks.example.com/"))).Id;
        EventId = await Org.Live.CreateEventAsync("Big");
        FreeTypeId = await Org.Live.CreateTicketTypeAsync(EventId, price: 0, total: 100_000);
        PaidTypeId = await Org.Live.CreateTicketTypeAsync(EventId, price: 2500, total: 100_000);
        Assert.Equal(200, (await Org.Live.PostAsync($"/api/v1/events/{EventId}/publish")).Status);
        Sold = await Host.SellAsync(Org.Live, EventId, FreeTypeId);
        var refunded = await Host.SellAsync(Org.Live, EventId, FreeTypeId);
        Data(await Admin.GraphQLAsync(
            "mutation ($id: ID!) { refundOrder(id: $id) { status } }", new { id = refunded.OrderId }));
        Data(await Admin.GraphQLAsync(
            "mutation ($id: ID) { checkInTicket(input: { ticketId: $id, nonce: \"first\" }) { outcome } }",
            new { id = Sold.AttendeeId }));
        await Org.Live.SendAsync(
            HttpMethod.Post, "/api/v1/events", Seed.EventBody("Draft"), ("Idempotency-Key", "first"));
    }

    private async Task MultiplyAsync()
    {
        await using var connection = await OpenAsync();
        // The added rows reference existing rows, so checks and triggers are not needed.
        await ExecuteAsync(connection, "SET session_replication_role = replica");
        foreach (var table in GrowingTable.All)
        {
            await ExecuteAsync(
                connection, await table.MultiplyAsync(connection), Org.Organization.Id, count,
                Guid.Parse(EventId), Guid.Parse(WebhookId));
        }

        await ExecuteAsync(connection, "VACUUM ANALYZE");
        Indexes = await TableIndexes.ReadAsync(connection);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 900 };
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Enough rows that a table is worth an index.</summary>
public sealed class ThousandsOfRows() : ManyRows(5_000);

/// <summary>As many rows as a busy host has.</summary>
public sealed class MillionRows() : ManyRows(1_000_000);
