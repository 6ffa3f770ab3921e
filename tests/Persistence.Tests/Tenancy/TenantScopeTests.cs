using Equaticket.Persistence.Team;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Tests.Tenancy;

public sealed class TenantScopeTests : PersistenceTest
{
    [Fact]
    public async Task Without_a_scope_no_row_of_an_organization_is_visible()
    {
        var id = await Org.Live.CreateEventAsync();
        await Org.Live.CreateTicketTypeAsync(id);
        await using var database = Contexts.Lease(null);
        Assert.False(await database.Events.AnyAsync());
        Assert.False(await database.TicketTypes.AnyAsync());
        Assert.False(await database.ApiKeys.AnyAsync());
        Assert.False(await database.StripeAccounts.AnyAsync());
        Assert.False(await database.Memberships.AnyAsync());
    }

    [Fact]
    public async Task Without_a_scope_adding_a_row_throws()
    {
        await using var database = Contexts.Lease(null);
        database.Add(NewEvent());
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync());
        Assert.Throws<InvalidOperationException>(() => database.SaveChanges());
        database.ChangeTracker.Clear();
        database.Add(new Membership
        {
            UserId = Guid.AllBitsSet,
            Role = Role.Admin,
            CreatedAt = default,
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.SaveChangesAsync());
    }

    [Fact]
    public async Task A_scope_sees_only_its_own_organization_and_mode()
    {
        var other = await Host.CreateOrganizationAsync();
        await other.Test.CreateEventAsync();
        await Org.Live.CreateEventAsync();
        var id = await Org.Test.CreateEventAsync();
        await using var database = Lease();
        Assert.Equal(id, (await database.Events.SingleAsync()).Id.ToString());
    }

    [Fact]
    public async Task The_scope_is_written_into_every_row_that_is_added()
    {
        var row = NewEvent();
        (row.OrganizationId, row.Livemode) = (Guid.AllBitsSet, false);
        await using var database = Lease(livemode: true);
        database.Add(row);
        await database.SaveChangesAsync();
        Assert.Equal((Org.Organization.Id, true), (row.OrganizationId, row.Livemode));
    }

    [Fact]
    public async Task A_context_drops_its_scope_and_its_rows_when_it_returns_to_the_pool()
    {
        var pool = Host.Get<IDbContextFactory<EquaticketDbContext>>();
        for (var turn = 0; turn < 50; turn++)
        {
            var leased = Lease(livemode: true);
            leased.Add(NewEvent());
            if (turn % 2 == 0)
                await leased.DisposeAsync();
            else
                leased.Dispose();
            await using var next = await pool.CreateDbContextAsync();
            Assert.Null(next.Tenant);
            Assert.Empty(next.ChangeTracker.Entries());
        }
    }
}
