using Equaticket.Dashboard.Operations;
using Equaticket.RestFacade.Operations;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The operations of the pages for buyers. The page models supply the variables.</summary>
public sealed class StorefrontOperations
{
    internal StorefrontOperations(OperationCompiler compiler)
    {
        Event = Read("ShownEvent");
        Order = Read("ShownOrder");
        Payment = Read("ShownPayment");
        Calendar = Read("ShownCalendar");
        CheckOut = PageOperation.Compile(compiler, "CheckOut", "/", isWrite: true);
        CancelCheckout = PageOperation.Compile(compiler, "CancelCheckout", "/", isWrite: true);

        PageOperation Read(string name) => PageOperation.Compile(compiler, name, "/", isWrite: false);
    }

    public PageOperation Event { get; }

    public PageOperation Order { get; }

    public PageOperation Payment { get; }

    public PageOperation Calendar { get; }

    public PageOperation CheckOut { get; }

    public PageOperation CancelCheckout { get; }

    internal IEnumerable<PageOperation> All => [Event, Order, Payment, Calendar, CheckOut, CancelCheckout];
}
