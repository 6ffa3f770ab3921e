namespace Equaticket.Persistence.Tests.Tenancy;

/// <summary>The database keeps tenants and modes apart, regardless of what the code does.</summary>
public sealed class TenantRefusalTests : PersistenceTest
{
    private const string InsertTicketType =
        """
        INSERT INTO ticket_types (
            organization_id, livemode, id, event_id, name, price, currency, quantity_sold,
            quantity_held, min_per_order, max_per_order, position, metadata, version, created_at,
            updated_at)
        VALUES ($1, $2, gen_random_uuid(), $3, 'Seat', 0, 'usd', 0, 0, 1, 1, 0, '{}', 1, now(), now())
        """;

    private const string ForeignKey = "fk_ticket_types_events_organization_id_livemode_event_id";

    private Guid _eventId;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _eventId = Guid.Parse(await Org.Test.CreateEventAsync());
    }

    [Fact]
    public async Task A_child_of_the_same_tenant_and_mode_is_accepted() =>
        Assert.Equal(
            1, await ExecuteAsync(InsertTicketType, Org.Organization.Id, false, _eventId));

    [Fact]
    public async Task A_child_of_another_organization_is_refused()
    {
        var other = await Host.CreateOrganizationAsync();
        await AssertRefusedAsync(
            ForeignKey, InsertTicketType, other.Organization.Id, false, _eventId);
    }

    [Fact]
    public Task A_child_of_the_other_mode_is_refused() =>
        AssertRefusedAsync(ForeignKey, InsertTicketType, Org.Organization.Id, true, _eventId);

    [Fact]
    public async Task A_parent_cannot_move_away_from_its_children()
    {
        await ExecuteAsync(InsertTicketType, Org.Organization.Id, false, _eventId);
        await AssertRefusedAsync(
            ForeignKey, "UPDATE events SET livemode = true WHERE id = $1", _eventId);
        await AssertRefusedAsync(ForeignKey, "DELETE FROM events WHERE id = $1", _eventId);
    }

    [Fact]
    public Task A_row_without_an_existing_organization_is_refused() =>
        AssertRefusedAsync(
            "fk_events_organizations_organization_id",
            "UPDATE events SET organization_id = gen_random_uuid() WHERE id = $1",
            _eventId);
}
