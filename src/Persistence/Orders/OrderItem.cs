using System.Text.Json;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Persistence.Orders;

/// <summary>The tickets of one type in an order, with name and price at the time of purchase.</summary>
public sealed class OrderItem : ITenantOwned
{
    public required Guid Id { get; init; }

    public Guid OrganizationId { get; set; }

    public bool Livemode { get; set; }

    public required Guid OrderId { get; init; }

    /// <summary>
    /// The ticket type. No foreign key: a type without sales may be removed while
    /// expired and failed orders remain.
    /// </summary>
    public required Guid TicketTypeId { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In the order's currency's smallest unit.</summary>
    public required long UnitPrice { get; init; }

    /// <summary>The position in the order, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>
    /// The attendees that the buyer named; kept until the tickets are created, and then
    /// on them alone.
    /// </summary>
    public IReadOnlyList<NamedAttendee> Named { get; set; } = [];
}

/// <summary>The attendee a ticket is for. Omitted values default to the buyer's.</summary>
public sealed record NamedAttendee(string? Name, string? Email)
{
    /// <summary>The condition that finds all lists with an attendee in this column.</summary>
    public const string Indexed = "lower(named::text)::jsonb";

    /// <summary>
    /// Only items with attendees are indexed: those of orders without tickets. EF Core does not support
    /// indexes on expressions.
    /// </summary>
    internal const string CreateIndex =
        $"CREATE INDEX ix_order_items_named ON order_items USING gin (({Indexed}) jsonb_path_ops) "
        + "WHERE named <> '[]'";

    internal const string DropIndex = "DROP INDEX ix_order_items_named";

    /// <summary>The normalized address: the database alone would only fold ASCII case.</summary>
    public string? EmailKey => Email is null ? null : EmailKeys.Of(Email);

    /// <summary>
    /// What lists with an address contain, as indexed: its normalized form, or in older ones
    /// only the address.
    /// </summary>
    public static IReadOnlyList<string> Naming(string emailKey) =>
    [
        JsonSerializer.Serialize(new[] { new { emailkey = emailKey } }),
        JsonSerializer.Serialize(new[] { new { email = emailKey } }),
    ];
}
