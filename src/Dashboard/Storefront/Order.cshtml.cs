using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The page of an order, for anyone with its token.</summary>
public sealed class OrderPage(StorefrontOperations operations, PageRunner runner, IBuyerLimits limits)
    : StorefrontPage(runner, limits)
{
    public ResultNode Order { get; private set; }

    public string Token => $"{Request.Query["token"]}";

    public async Task OnGetAsync() =>
        Order = await ReadAsync(operations.Order, new() { ["token"] = Token });
}
