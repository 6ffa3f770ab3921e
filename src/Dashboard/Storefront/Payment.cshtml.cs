using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Stripe's payment form for an order, with a way to cancel the checkout.</summary>
public sealed class PaymentPage(StorefrontOperations operations, PageRunner runner, IBuyerLimits limits)
    : StorefrontPage(runner, limits)
{
    public ResultNode Order { get; private set; }

    public string OrderPath => $"/order?token={Uri.EscapeDataString(Token)}";

    private string Token => $"{Request.Query["token"]}";

    public async Task<IActionResult> OnGetAsync()
    {
        Order = await ReadAsync(operations.Payment, new() { ["token"] = Token });
        return Order["clientSecret"].IsNull ? See(OrderPath) : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Limits.CountCheckoutAsync(HttpContext);
        var result = await RunAsync(operations.CancelCheckout, new() { ["token"] = Token });
        // A conflict means the buyer paid in the meantime: show the order.
        return result.Error is { ErrorCode: not ErrorCode.Conflict } error ? throw error : See(OrderPath);
    }
}
