using System.Text.Json;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>The tickets of one type in an order, with the name and price at the time of purchase.</summary>
public sealed class OrderItem : TenantOwned
{
    public required Guid Id { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>
    /// The ticket type. It has no foreign key, because a type without sales may be deleted while expired and failed
    /// orders remain.
    /// </summary>
    public required Guid TicketTypeId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In the smallest unit of the order's currency.</summary>
    public required long UnitPrice { get; init; }

    /// <summary>The position in the order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>
    /// The attendees that the buyer named. They are stored here until the tickets are created, and then only on the
    /// tickets.
    /// </summary>
    public IReadOnlyList<NamedAttendee> Named { get; set; } = [];
}

/// <summary>The attendee a ticket is for. Omitted values default to the buyer's.</summary>
public sealed record NamedAttendee(string? Name, string? Email)
{
    /// <summary>The indexed expression that searches this column for lists with an attendee.</summary>
    public const string Indexed = "lower(named::text)::jsonb";

    /// <summary>
    /// Indexes only items with attendees, which belong to orders without tickets. EF Core does not support indexes on
    /// expressions.
    /// </summary>
    internal const string CreateIndex =
        $"CREATE INDEX ix_order_items_named ON order_items USING gin (({Indexed}) jsonb_path_ops) "
        + "WHERE named <> '[]'";

    internal const string DropIndex = "DROP INDEX ix_order_items_named";

    /// <summary>The normalized address. The database alone would fold only ASCII case.</summary>
    public string? EmailKey => Email is null ? null : EmailKeys.Of(Email);

    /// <summary>
    /// The JSON that lists with an address contain, in the form of the index: the normalized address, or only the
    /// address in older lists.
    /// </summary>
    public static IReadOnlyList<string> Naming(string emailKey) =>
    [
        JsonSerializer.Serialize(new[] { new { emailkey = emailKey } }),
        JsonSerializer.Serialize(new[] { new { email = emailKey } }),
    ];
}
