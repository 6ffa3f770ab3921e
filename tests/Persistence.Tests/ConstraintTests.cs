namespace Equaticket.Persistence.Tests;

/// <summary>What the database refuses, regardless of what the code does.</summary>
public sealed class ConstraintTests : PersistenceTest
{
    [Theory]
    [InlineData("quantity_sold = 101", "ck_ticket_types_stock")]
    [InlineData("quantity_held = 101", "ck_ticket_types_stock")]
    [InlineData("quantity_sold = 60, quantity_held = 41", "ck_ticket_types_stock")]
    [InlineData("quantity_sold = -1", "ck_ticket_types_sold")]
    [InlineData("quantity_held = -1", "ck_ticket_types_sold")]
    [InlineData("quantity_total = 0", "ck_ticket_types_quantity_total")]
    [InlineData("quantity_total = 1000001", "ck_ticket_types_quantity_total")]
    [InlineData("price = -1", "ck_ticket_types_price")]
    [InlineData("price = 100000000", "ck_ticket_types_price")]
    [InlineData("min_per_order = 0", "ck_ticket_types_per_order")]
    [InlineData("min_per_order = 11", "ck_ticket_types_per_order")]
    [InlineData("max_per_order = 101", "ck_ticket_types_per_order")]
    [InlineData("sales_start_at = now(), sales_end_at = now()", "ck_ticket_types_sales_end_at")]
    public async Task An_inconsistent_ticket_type_is_refused(string change, string rule)
    {
        var eventId = await Org.Test.CreateEventAsync();
        var id = Guid.Parse(await Org.Test.CreateTicketTypeAsync(eventId, total: 100));
        await AssertRefusedAsync(rule, $"UPDATE ticket_types SET {change} WHERE id = $1", id);
    }

    [Fact]
    public async Task Stock_can_be_sold_to_the_last_ticket_and_without_limit_when_unlimited()
    {
        var eventId = await Org.Test.CreateEventAsync();
        foreach (var total in new int?[] { 100, null })
        {
            var id = Guid.Parse(await Org.Test.CreateTicketTypeAsync(eventId, total: total));
            Assert.Equal(1, await ExecuteAsync(
                "UPDATE ticket_types SET quantity_sold = 60, quantity_held = 40 WHERE id = $1", id));
        }
    }

    [Theory]
    [InlineData("slug = ''", "ck_events_slug")]
    [InlineData("slug = '-a'", "ck_events_slug")]
    [InlineData("slug = 'a-'", "ck_events_slug")]
    [InlineData("slug = 'A'", "ck_events_slug")]
    [InlineData("slug = 'a b'", "ck_events_slug")]
    [InlineData("slug = E'a\\n'", "ck_events_slug")]
    [InlineData("status = 'open'", "ck_events_status")]
    [InlineData("status = 'Draft'", "ck_events_status")]
    [InlineData("ends_at = starts_at", "ck_events_ends_at")]
    public async Task An_inconsistent_event_is_refused(string change, string rule)
    {
        var id = Guid.Parse(await Org.Test.CreateEventAsync());
        await AssertRefusedAsync(rule, $"UPDATE events SET {change} WHERE id = $1", id);
    }

    [Fact]
    public async Task A_slug_is_unique_per_organization_and_mode()
    {
        var (first, second) = (await Org.Test.CreateEventAsync(), await Org.Test.CreateEventAsync());
        await Org.Live.CreateEventAsync();
        await AssertRefusedAsync(
            "ix_events_slug",
            "UPDATE events SET slug = (SELECT slug FROM events WHERE id = $1) WHERE id = $2",
            Guid.Parse(first),
            Guid.Parse(second));
    }

    [Theory]
    [InlineData("UPDATE organizations SET plan = 'gold' WHERE id = $1", "ck_organizations_plan")]
    [InlineData("UPDATE organizations SET slug = 'A B' WHERE id = $1", "ck_organizations_slug")]
    [InlineData(
        "UPDATE api_keys SET hash = '\\x00' WHERE organization_id = $1", "ck_api_keys_hash")]
    public Task An_inconsistent_organization_or_key_is_refused(string sql, string rule) =>
        AssertRefusedAsync(rule, sql, Org.Organization.Id);

    [Fact]
    public async Task An_organization_has_one_owner_and_known_roles()
    {
        const string insert =
            """
            WITH made AS (
                INSERT INTO users (id, email, email_normalized, created_at, updated_at)
                SELECT gen_random_uuid(), mail, mail, now(), now()
                FROM (SELECT gen_random_uuid() || '@example.com' AS mail) AS mails
                RETURNING id)
            INSERT INTO memberships (organization_id, user_id, role, created_at)
            SELECT $1, id, $2, now() FROM made
            """;
        Assert.Equal(1, await ExecuteAsync(insert, Org.Organization.Id, "owner"));
        Assert.Equal(1, await ExecuteAsync(insert, Org.Organization.Id, "admin"));
        await AssertRefusedAsync(
            "ix_memberships_one_owner", insert, Org.Organization.Id, "owner");
        await AssertRefusedAsync("ck_memberships_role", insert, Org.Organization.Id, "root");
    }
}
