using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Storefront;

/// <summary>Stripe's form for the payment of an order, or the buyer's way out of it.</summary>
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
        // What was paid meanwhile is an order like any other.
        return result.Error is { ErrorCode: not ErrorCode.Conflict } error ? throw error : See(OrderPath);
    }
}
