using Equaticket.Persistence.Events;
using Equaticket.Persistence.Tenancy;
using Npgsql;

namespace Equaticket.Persistence.Tests;

/// <summary>A test that inspects the database of the shared host.</summary>
public abstract class PersistenceTest : ApiTest
{
    protected TenantContexts Contexts => Host.Get<TenantContexts>();

    protected EquaticketDbContext Lease(bool livemode = false) =>
        Contexts.Lease(Org.Scope(livemode));

    protected async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Host.Get<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asserts that the database refuses a statement because of this constraint.</summary>
    protected async Task AssertRefusedAsync(string rule, string sql, params object[] values)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql, values));
        Assert.Equal(rule, refusal.ConstraintName);
    }

    protected static Event NewEvent(string slug = "an-event")
    {
        var stamp = new RowStamps(TimeProvider.System).Next();
        return new Event
        {
            Id = stamp.Id,
            Title = "An event",
            Slug = slug,
            Timezone = "UTC",
            StartsAt = stamp.CreatedAt,
            Currency = "usd",
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
    }
}
