using Equaticket.Engine.Errors;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Payments;

namespace Equaticket.Schema.TicketTypes;

/// <summary>The ticket type rules that span fields or rows.</summary>
internal static class TicketTypeRules
{
    /// <param name="row">The ticket type with the changes applied.</param>
    /// <param name="patch">The caller's changes; null for a new ticket type.</param>
    /// <exception cref="ApiError">The limits per order or the sales window are inconsistent.</exception>
    public static void RequireConsistent(TicketType row, UpdateTicketTypeInput? patch = null)
    {
        if (row.MinPerOrder > row.MaxPerOrder)
        {
            throw patch is { MinPerOrder.IsSet: false }
                ? ApiError.Validation(
                    "maxPerOrder", $"This must not be below min_per_order, which is {row.MinPerOrder}.")
                : ApiError.Validation(
                    "minPerOrder", $"This must not be above max_per_order, which is {row.MaxPerOrder}.");
        }

        if (row.SalesEndAt <= row.SalesStartAt)
        {
            throw ApiError.Validation(
                patch is { SalesEndAt.IsSet: false } ? "salesStartAt" : "salesEndAt",
                "Sales must end after they start.");
        }
    }

    public static void RequireCurrency(Event parent, string currency)
    {
        if (currency != parent.Currency)
        {
            throw ApiError.Unprocessable(
                $"Ticket types are priced in the event's currency, {parent.Currency}.", "currency");
        }
    }

    /// <summary>Stripe does not charge the third decimal of currencies that have three.</summary>
    public static void RequireChargeable(TicketType row, string currency)
    {
        var step = StripeUnits.Step(currency);
        if (row.Price % step != 0)
        {
            throw ApiError.Unprocessable(
                $"A price in {currency} must be a multiple of {step}: its third decimal cannot be "
                + "charged.", "price");
        }
    }

    public static void RequireStock(TicketType row)
    {
        if (row.QuantitySold + row.QuantityHeld > row.QuantityTotal)
        {
            throw ApiError.Unprocessable(
                $"{row.QuantitySold} are sold and {row.QuantityHeld} are held by checkouts, so the "
                + "total cannot be lower.", "quantityTotal");
        }
    }

    /// <summary>A ticket type that becomes paid on a published event must meet the rules of publishing.</summary>
    public static Task RequireStripeAsync(
        OperationContext operation, Event parent, long oldPrice, long newPrice,
        CancellationToken cancellationToken) =>
        parent.Status == EventStatus.Published && oldPrice == 0 && newPrice > 0
            ? StripeRule.RequireForPaidSalesAsync(operation, cancellationToken)
            : Task.CompletedTask;
}
