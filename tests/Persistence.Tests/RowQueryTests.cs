using System.Reflection;
using System.Text.Json;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Persistence.Tests;

public sealed class RowQueryTests : PersistenceTest
{
    [Fact]
    public async Task Rows_equal_those_that_Entity_Framework_reads()
    {
        await FillAsync();
        await AssertEqualRowsAsync<Event>();
        await AssertEqualRowsAsync<TicketType>();
        await AssertEqualRowsAsync<Order>();
        await AssertEqualRowsAsync<OrderItem>();
        await AssertEqualRowsAsync<Attendee>();
        await AssertEqualRowsAsync<Refund>();
        await AssertEqualRowsAsync<Webhook>();
        await AssertEqualRowsAsync<WebhookEvent>();
        await AssertEqualRowsAsync<WebhookDelivery>();
    }

    [Fact]
    public async Task Another_tenant_has_no_rows()
    {
        await FillAsync();
        await using var live = Lease(livemode: true);
        await using var nobody = Contexts.Lease(null);
        Assert.Empty(await All<Order>().ReadAsync(live, [], default));
        Assert.Empty(await All<Order>().ReadAsync(nobody, [], default));
    }

    [Fact]
    public async Task Every_list_of_rows_can_be_read()
    {
        await using var database = Lease();
        foreach (var type in database.Model.GetEntityTypes().Select(entity => entity.ClrType)
            .Where(type => type.IsAssignableTo(typeof(IPagedRow))))
        {
            await (Task)typeof(RowQueryTests)
                .GetMethod(nameof(AssertEqualRowsAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(type).Invoke(this, [])!;
        }
    }

    [Fact]
    public async Task Only_the_chosen_and_the_required_properties_are_read()
    {
        await FillAsync();
        await using var database = Lease();
        var query = new RowQuery<Order>("SELECT {columns} FROM {table} AS r WHERE {tenant}")
        {
            Required = [nameof(Order.Id)],
        };
        var order = Assert.Single(await ReadAsync(nameof(Order.BuyerName)));
        Assert.NotEqual(Guid.Empty, order.Id);
        Assert.NotNull(order.BuyerName);
        Assert.Null(order.BuyerEmail);
        Assert.NotNull(Assert.Single(await ReadAsync("BuyerName Unknown")).BuyerEmail);
        // After a number of different selections, all columns are read.
        for (var count = 0; count < 100; count++)
            await ReadAsync($"{nameof(Order.BuyerName)}{new string(' ', count)}");
        Assert.NotNull(Assert.Single(await ReadAsync(nameof(Order.Status))).BuyerEmail);

        Task<List<Order>> ReadAsync(string properties) =>
            new RowReads(database).Add(query, (row, _, _) => row, properties)(default);
    }

    [Fact]
    public async Task Rows_of_several_queries_are_read_together_and_fail_together()
    {
        await FillAsync();
        await using var database = Lease();
        var reads = new RowReads(database);
        var orders = reads.Add(All<Order>(), (order, _, _) => order, properties: null);
        var events = reads.Add(All<Event>(), (row, _, _) => row, properties: null);
        Assert.Single(await events(default));
        Assert.Single(await orders(default));
        var right = reads.Add(All<Order>(), (order, _, _) => order, properties: null);
        var wrong = reads.Add(RowQuery<Order>.Where("1 / 0 = 1"), (order, _, _) => order, properties: null);
        await Assert.ThrowsAsync<PostgresException>(() => right(default));
        await Assert.ThrowsAsync<PostgresException>(() => wrong(default));
    }

    [Fact]
    public async Task A_property_that_the_entity_lacks_is_named()
    {
        await using var database = Lease();
        var query = RowQuery<Order>.Where("{Colour} = $3");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => query.ReadAsync(database, [], default));
        Assert.Contains("Colour", error.Message, StringComparison.Ordinal);
    }

    private async Task AssertEqualRowsAsync<TEntity>()
        where TEntity : class
    {
        await using var database = Lease();
        var expected = await database.Set<TEntity>().ToListAsync();
        var rows = await All<TEntity>().ReadAsync(database, [], default);
        Assert.Equal(Texts(database, expected), Texts(database, rows));
    }

    private static RowQuery<TEntity> All<TEntity>()
        where TEntity : class => RowQuery<TEntity>.Where("true");

    private static IEnumerable<string> Texts<TEntity>(EquaticketDbContext database, IEnumerable<TEntity> rows)
        where TEntity : class
    {
        var properties = database.Model.FindEntityType(typeof(TEntity))!.GetProperties()
            .Where(property => property.PropertyInfo is not null).ToList();
        return rows.Select(row => JsonSerializer.Serialize(
                properties.ToDictionary(property => property.Name, property => property.PropertyInfo!.GetValue(row))))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Sells and refunds tickets, with a webhook that is notified.</summary>
    private async Task FillAsync()
    {
        var webhook = await Org.Test.PostAsync(
            "/api/v1/webhooks", new { url = "https://example.com/hook", events = new[] { "order.created" } });
        var eventId = await Org.Test.CreateEventAsync();
        var ticketTypeId = await Org.Test.CreateTicketTypeAsync(eventId, price: 1_000);
        await Org.Test.PostAsync($"/api/v1/events/{eventId}/publish");
        var sale = await Host.SellAsync(Org.Test, eventId, ticketTypeId);
        var refund = await Org.Test.PostAsync($"/api/v1/test-helpers/orders/{sale.OrderId}/refund");
        Assert.Equal((201, 200), (webhook.Status, refund.Status));
    }
}
