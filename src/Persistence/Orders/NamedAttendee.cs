using System.Text.Json;

namespace Equaticket.Persistence.Orders;

/// <summary>Who a ticket is for. What is left out is the buyer's.</summary>
public sealed record NamedAttendee(string? Name, string? Email)
{
    /// <summary>What finds all lists that name somebody in this column.</summary>
    public const string Indexed = "lower(named::text)::jsonb";

    /// <summary>
    /// Only items that name somebody are in the index: those of orders without tickets. EF Core knows no
    /// index of an expression.
    /// </summary>
    internal const string CreateIndex =
        $"CREATE INDEX ix_order_items_named ON order_items USING gin (({Indexed}) jsonb_path_ops) "
        + "WHERE named <> '[]'";

    internal const string DropIndex = "DROP INDEX ix_order_items_named";

    /// <summary>The address as it is compared: the server alone knows only ASCII's letter case.</summary>
    public string? EmailKey => Email is null ? null : EmailKeys.Of(Email);

    /// <summary>
    /// What lists that name an address contain, as indexed: those that hold its key, and older ones that
    /// hold only the address.
    /// </summary>
    public static IReadOnlyList<string> Naming(string emailKey) =>
    [
        JsonSerializer.Serialize(new[] { new { emailkey = emailKey } }),
        JsonSerializer.Serialize(new[] { new { email = emailKey } }),
    ];
}
