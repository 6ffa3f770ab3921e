using System.Text.Json;

namespace Equaticket.Persistence.Orders;

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
