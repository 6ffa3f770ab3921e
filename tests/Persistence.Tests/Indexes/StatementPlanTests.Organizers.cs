using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Persistence.Tests.Indexes;

/// <content>Actions of the organization's keys and users, and background jobs.</content>
public abstract partial class StatementPlanTests
{
    [Fact]
    public async Task A_key_is_looked_up_by_an_index()
    {
        var key = await Rows.Org.CreateKeyAsync(livemode: true, Scope.EventsRead);
        Rows.Statements.Take();
        Assert.Equal(200, (await key.GetAsync($"/api/v1/events/{Rows.EventId}")).Status);
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Nodes_of_all_types_are_found_by_indexes()
    {
        var ids = new[]
        {
            Rows.EventId, Rows.FreeTypeId, Rows.Sold.OrderId, Rows.Sold.AttendeeId, Rows.WebhookId,
        };
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Org.Live.GraphQLAsync(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids }));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Nested_lists_are_read_by_indexes()
    {
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Org.Live.GraphQLAsync(
            """
            { events(first: 3) { nodes { ticketTypes(first: 3) { nodes { id } }
                orders(first: 3) { nodes { lineItems { name } refunds { id }
                  attendees(first: 3) { nodes { id order { id } ticketType { id } } } } } } }
              webhooks(first: 3) { nodes { deliveries(first: 3) { nodes { id payload } } } } }
            """));
        await AssertServedByIndexesAsync();
    }

    [Theory]
    [InlineData("createdAfter: \"2026-01-01T00:00:00Z\"")]
    [InlineData("action: API_KEY_CREATED")]
    [InlineData("userId: \"01900000-0000-7000-8000-000000000000\"")]
    public async Task The_audit_log_and_the_team_are_read_by_indexes(string filter)
    {
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            $$"""
            { auditLog(first: 3, filter: { {{filter}} }) { nodes { actor subject } }
              teamMembers { email hasSecondFactor } invitations { invitedBy } }
            """));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Edits_of_an_event_and_its_ticket_types_are_served_by_indexes()
    {
        var live = Rows.Org.Live;
        Rows.Statements.Take();
        var eventId = await live.CreateEventAsync("Edited");
        var typeId = await live.CreateTicketTypeAsync(eventId);
        await live.CreateTicketTypeAsync(eventId);
        var type = $"/api/v1/events/{eventId}/ticket-types/{typeId}";
        Assert.Equal(200, (await live.PatchAsync(type, new { quantity_total = 7 })).Status);
        Assert.Equal(204, (await live.DeleteAsync(type)).Status);
        Assert.Equal(200, (await live.PatchAsync($"/api/v1/events/{eventId}", new { title = "New" })).Status);
        Assert.Equal(200, (await live.PostAsync($"/api/v1/events/{eventId}/publish")).Status);
        Assert.Equal(200, (await live.PostAsync($"/api/v1/events/{eventId}/cancel")).Status);
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task A_scan_finds_its_ticket_by_an_index()
    {
        const string scan = "mutation ($input: CheckInInput!) { checkInTicket(input: $input) { outcome } }";
        var ticket = Rows.Sold.Tickets[0]!;
        object[] inputs =
        [
            new { code = (string)ticket["ticket_code"]!, nonce = NewId() },
            new { ticketId = (string)ticket["id"]!, nonce = NewId() },
        ];
        Rows.Statements.Take();
        foreach (var input in inputs)
            ManyRows.Data(await Rows.Admin.GraphQLAsync(scan, new { input }));
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            "mutation ($id: ID!) { undoCheckIn(ticketId: $id) { outcome } }", new { id = (string)ticket["id"]! }));
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            scan, new { input = new { ticketId = (string)ticket["id"]! } }));
        await AssertServedByIndexesAsync();
    }

    protected async Task AssertHoldersAreFoundAmongTheTicketsOfOneEventAsync()
    {
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            "query ($id: ID!) { findTickets(eventId: $id, name: \"ada\") { id } }", new { id = Rows.EventId }));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task The_timeline_of_a_request_is_read_by_indexes()
    {
        var ping = await Rows.Org.Live.SendAsync(
            HttpMethod.Post, $"/api/v1/webhooks/{Rows.WebhookId}/ping", body: null, ("X-Request-Id", "planned"));
        Assert.Equal(202, ping.Status);
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            """
            { requestTimeline(requestId: "planned") {
                requests { path } auditEntries { actor } webhookEvents { deliveries { id requestId } } }
              webhooks(first: 3) { nodes { recentDeliveries { succeeded } } }
              orders(first: 3) { nodes { requestId } } }
            """));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task A_buyer_is_redacted_by_indexes()
    {
        Rows.Statements.Take();
        ManyRows.Data(await Rows.Admin.GraphQLAsync(
            "mutation { redactBuyer(email: \"buyer-30@example.com\") { orders } }"));
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Webhooks_are_pinged_redelivered_and_edited_by_indexes()
    {
        var (live, path) = (Rows.Org.Live, $"/api/v1/webhooks/{Rows.WebhookId}");
        Rows.Statements.Take();
        var ping = await live.PostAsync($"{path}/ping");
        Assert.Equal(202, ping.Status);
        Assert.Equal(202, (await live.PostAsync($"{path}/deliveries/{ping.Id}/redeliver")).Status);
        Assert.Equal(200, (await live.GetAsync($"{path}/deliveries/{ping.Id}")).Status);
        Assert.Equal(202, (await live.PostAsync(
            $"{path}/redeliver-failed", new { since = AgoText(TimeSpan.FromSeconds(30)) })).Status);
        Assert.Equal(200, (await live.PatchAsync(path, new { description = "New" })).Status);
        await AssertServedByIndexesAsync();
    }

    [Fact]
    public async Task Background_jobs_find_what_is_due_by_indexes()
    {
        await CheckOutAsync(Rows.PaidTypeId);
        await Rows.Host.ExecuteSqlAsync(
            "UPDATE orders SET hold_expires_at = now() WHERE hold_expires_at < now() + interval '1 hour'");
        Rows.Statements.Take();
        await PeriodicJobs.RunAllAsync(Rows.Host);
        await AssertServedByIndexesAsync();
    }
}
