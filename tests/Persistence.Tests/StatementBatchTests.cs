using System.Text.Json;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.TicketTypes;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Equaticket.Persistence.Tests;

public sealed class StatementBatchTests : PersistenceTest
{
    [Fact]
    public async Task New_rows_are_saved_after_those_that_they_refer_to()
    {
        var row = NewEvent();
        var type = NewType(row);
        var order = NewOrder(row, type);
        await using (var database = Lease())
        await using (var transaction = await database.Database.BeginTransactionAsync())
        {
            database.Add(NewTicket(order, type));
            database.Add(order);
            database.Add(type);
            database.Add(row);
            await InsertAsync(database);
            Assert.DoesNotContain(database.ChangeTracker.Entries(), entry => entry.State != EntityState.Unchanged);
            await transaction.CommitAsync();
            await AssertSavedAsync(database);
        }
    }

    [Fact]
    public async Task Changed_rows_are_not_saved_as_new_ones()
    {
        await using var database = Lease();
        var row = NewEvent();
        database.Entry(row).State = EntityState.Unchanged;
        row.Title = "Changed";
        await using var batch = new StatementBatch(database);
        Assert.Throws<InvalidOperationException>(batch.AddInserts);
    }

    [Fact]
    public async Task A_batch_commits_with_the_effects_of_a_commit()
    {
        var row = NewEvent();
        await using (var database = Lease())
        await using (await database.Database.BeginTransactionAsync())
        {
            await using var batch = new StatementBatch(database);
            batch.Add(StatementBatch.Insert(database, row));
            batch.Add("SELECT 5");
            database.QueuesDeliveries = true;
            Assert.Equal(5, await batch.CommitAsync(default));
            Assert.Null(database.Database.CurrentTransaction);
            Assert.False(database.QueuesDeliveries);
        }

        await using var reader = Lease();
        Assert.Equal(row.Title, (await reader.Events.SingleAsync()).Title);
        await using var next = await reader.Database.BeginTransactionAsync();
        reader.Add(NewEvent("another-event"));
        await reader.SaveChangesAsync();
        await next.CommitAsync();
        Assert.Equal(2, await reader.Events.CountAsync());
    }

    [Fact]
    public async Task A_commit_that_releases_its_locks_early_still_waits_for_the_disk()
    {
        await using var database = Lease();
        await using (await database.Database.BeginTransactionAsync())
        {
            await using var batch = new StatementBatch(database);
            batch.Add(StatementBatch.Insert(database, NewEvent()));
            batch.Add("SELECT pg_current_wal_insert_lsn()");
            database.LocksHotRows = true;
            var written = (NpgsqlLogSequenceNumber)(await batch.CommitAsync(default))!;
            Assert.False(database.LocksHotRows);
            await using var flushed = Host.Get<NpgsqlDataSource>().CreateCommand("SELECT pg_current_wal_flush_lsn()");
            Assert.True((NpgsqlLogSequenceNumber)(await flushed.ExecuteScalarAsync())! > written);
        }

        Assert.True(await database.Events.AnyAsync());
        await using var setting = Host.Get<NpgsqlDataSource>().CreateCommand("SHOW synchronous_commit");
        Assert.Equal("on", await setting.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_statement_that_fails_prevents_the_commit()
    {
        await using (var database = Lease())
        await using (await database.Database.BeginTransactionAsync())
        {
            await using var batch = new StatementBatch(database);
            batch.Add(StatementBatch.Insert(database, NewEvent()));
            batch.Add("SELECT 1 / 0");
            await Assert.ThrowsAsync<PostgresException>(() => batch.CommitAsync(default));
        }

        await using var reader = Lease();
        Assert.False(await reader.Events.AnyAsync());
    }

    private static async Task InsertAsync(EquaticketDbContext database)
    {
        await using var batch = new StatementBatch(database);
        batch.AddInserts();
        await batch.ExecuteAsync(default);
    }

    /// <summary>Asserts that Entity Framework Core reads the tracked rows back.</summary>
    private async Task AssertSavedAsync(EquaticketDbContext saved)
    {
        await using var database = Lease();
        object[] rows = [
            await database.Attendees.SingleAsync(),
            await database.OrderItems.SingleAsync(),
            await database.Orders.SingleAsync(),
            await database.TicketTypes.SingleAsync(),
            await database.Events.SingleAsync(),
        ];
        Assert.Equal(
            Texts(database, saved.ChangeTracker.Entries().Select(entry => entry.Entity)), Texts(database, rows));
    }

    private static IEnumerable<string> Texts(EquaticketDbContext database, IEnumerable<object> rows) => rows
        .Select(row => JsonSerializer.Serialize(database.Model.FindEntityType(row.GetType())!.GetProperties()
            .Where(property => property.PropertyInfo is not null)
            .ToDictionary(property => property.Name, property => property.PropertyInfo!.GetValue(row))))
        .Order(StringComparer.Ordinal);

    private static TicketType NewType(Event row) => new()
    {
        Id = NewId(),
        EventId = row.Id,
        Name = "Standard",
        Price = 0,
        Currency = row.Currency,
        MinPerOrder = 1,
        MaxPerOrder = 10,
        Metadata = Metadata.Empty.Add("seat", "1"),
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.CreatedAt,
    };

    private static Order NewOrder(Event row, TicketType type)
    {
        var order = new Order
        {
            Id = NewId(),
            Number = 1001,
            EventId = row.Id,
            Status = OrderStatus.Confirmed,
            BuyerName = "Ada",
            Currency = row.Currency,
            SubtotalAmount = 0,
            TotalAmount = 0,
            CheckoutTokenHash = [1, 2],
            ConfirmedAt = row.CreatedAt,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.CreatedAt,
        };
        order.Items.Add(new OrderItem
        {
            Id = NewId(),
            OrderId = order.Id,
            TicketTypeId = type.Id,
            Name = type.Name,
            Quantity = 1,
            UnitPrice = 0,
            Position = 0,
            Named = [new NamedAttendee("Grace", null)],
        });
        return order;
    }

    private static Attendee NewTicket(Order order, TicketType type) => new()
    {
        Id = NewId(),
        EventId = order.EventId,
        OrderId = order.Id,
        OrderNumber = order.Number,
        TicketTypeId = type.Id,
        TicketTypeName = type.Name,
        TicketCode = "ABCDEFGH",
        Price = 0,
        AmountPaid = 0,
        Currency = order.Currency,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.CreatedAt,
    };

    private static Guid NewId() => new RowStamps(TimeProvider.System).Next().Id;
}
