using Equaticket.Engine.Nodes;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
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
        Description = "Money that goes back to the buyer of an order.";
        this.RequireScope(Scope.OrdersRead);
        this.RequireRole(Role.EventManager);
        Interface<NodeInterface>();
        IsTypeOf = row => row is Refund;
        AddIdentity();
        AddOutcome();
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The order whose buyer gets it.")
            .Resolve(c => OrderLoaders.Rows.ById(c, c.Source.OrderId))
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<MoneyGraphType>>("amount")
            .Description("In the order's currency; 0 for free tickets.")
            .Resolve(c => c.Source.Amount);
        Field<StringGraphType>("reason")
            .Description("What was given as the reason; null when nothing was.")
            .Resolve(c => c.Source.Reason);
        Field<NonNullGraphType<WireEnumGraphType<RefundOrigin>>>("origin")
            .Description("Why the refund came to be.")
            .Resolve(c => c.Source.Origin);
    }

    private void AddOutcome()
    {
        Field<NonNullGraphType<WireEnumGraphType<RefundStatus>>>("status")
            .Description("What became of the refund.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("attendeeIds")
            .Description("The tickets that it takes back; empty for an amount that is no whole "
                + "ticket's.")
            .Resolve(c => c.Source.AttendeeIds);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the refund was asked for.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
