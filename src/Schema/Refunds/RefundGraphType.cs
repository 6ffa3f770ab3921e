using Equaticket.Engine.Fields;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.Refunds;

public sealed class RefundGraphType : ObjectGraphType<Refund>
{
    public RefundGraphType()
    {
        Name = "Refund";
        Description = "A refund to the buyer of an order.";
        this.IsNode(Scope.OrdersRead, Role.EventManager);
        AddIdentity();
        AddOutcome();
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The refunded order.")
            .ResolveBatch(refund => refund.OrderId, OrderReader.Rows.ById)
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", refund => refund.Id);
        this.Leaf("amount", "The amount, in the smallest unit of the order's currency; 0 for free tickets.",
            refund => refund.Amount, typeof(MoneyGraphType));
        this.OptionalLeaf("reason", "The reason given for the refund; null if none was given.",
            refund => refund.Reason);
        this.Leaf("origin", "The refund's origin.", refund => refund.Origin);
    }

    private void AddOutcome()
    {
        this.Leaf("status", "The refund's status.", refund => refund.Status);
        this.Leaf("attendeeIds", "The IDs of the tickets it refunds; empty if the amount does not match whole tickets.",
            refund => refund.AttendeeIds);
        this.Leaf("createdAt", "When the refund was created.", refund => refund.CreatedAt);
    }
}
