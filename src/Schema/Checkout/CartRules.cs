using Equaticket.Engine.Errors;
using Equaticket.Persistence.Events;
using Equaticket.Schema.Events;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.Checkout;

/// <summary>Checks whether a cart can be bought now, apart from stock.</summary>
internal static class CartRules
{
    /// <exception cref="ApiError">A rule forbids the purchase.</exception>
    public static void Require(Cart cart, DateTimeOffset now)
    {
        RequireOnSale(cart.Event, now);
        for (var index = 0; index < cart.Lines.Count; index++)
            RequireLine(cart.Lines[index], index, now);
        RequireChargeable(cart.Total, cart.Event.Currency);
    }

    public static bool IsOnSale(Event row, DateTimeOffset now) =>
        row.Status == EventStatus.Published && !EventLifecycle.IsOver(row, now);

    private static void RequireOnSale(Event row, DateTimeOffset now)
    {
        if (IsOnSale(row, now))
            return;
        throw ApiError.Unprocessable(row.Status switch
        {
            EventStatus.Draft => "This event is not published yet.",
            EventStatus.Cancelled => "This event is cancelled.",
            _ => "This event is over.",
        });
    }

    private static void RequireLine(CartLine line, int index, DateTimeOffset now)
    {
        var (type, item) = (line.Type, $"items[{index}]");
        if (type.SalesStartAt > now)
        {
            throw ApiError.Unprocessable(
                $"Sales of \"{type.Name}\" have not started.", $"{item}.ticketTypeId");
        }

        if (type.SalesEndAt <= now)
        {
            throw ApiError.Unprocessable(
                $"Sales of \"{type.Name}\" have ended.", $"{item}.ticketTypeId");
        }

        if (line.Quantity < type.MinPerOrder || line.Quantity > type.MaxPerOrder)
        {
            throw ApiError.Unprocessable(
                $"An order can have {type.MinPerOrder} to {type.MaxPerOrder} tickets of \"{type.Name}\".",
                $"{item}.quantity");
        }
    }

    private static void RequireChargeable(long total, string currency)
    {
        if (total == 0)
            return;
        var (least, most) = (StripeUnits.Minimum(currency), StripeUnits.Maximum(currency));
        if (total < least || total > most)
        {
            throw ApiError.Unprocessable(
                $"The total must be between {least} and {most} {currency}, in the currency's smallest "
                + "unit.", "items");
        }
    }
}
