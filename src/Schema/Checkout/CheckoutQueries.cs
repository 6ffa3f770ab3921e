using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Schema.Checkout;
using Equaticket.Schema.Execution;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Schema;

public partial class Query
{
    [Public, OutputType<PublicCheckoutGraphType>]
    [Description("Get the status of a checkout by its token. An unknown token is "
        + "`not_found`.")]
    public static async Task<CheckoutRow> CheckoutStatus(
        [Description("The checkout's `checkoutToken`.")] string token,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken)
    {
        var hash = CheckoutToken.Hash(token);
        // The token identifies the order; foreign keys ensure that its tickets belong to the same tenant.
        var order = await operation.Database.Orders.IgnoreQueryFilters()
            .Include(o => o.Items).Include(o => o.Attendees).AsSplitQuery()
            .SingleOrDefaultAsync(o => o.CheckoutTokenHash == hash, cancellationToken);
        return order is null
            ? throw ApiError.NotFound("checkout")
            : new CheckoutRow(order) { IsPayable = order.HoldExpiresAt > operation.Stamps.Now() };
    }
}
