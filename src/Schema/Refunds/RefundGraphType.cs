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
        Description = "A refund to the buyer of an order.";
        this.RequireScope(Scope.OrdersRead);
        this.RequireRole(Role.EventManager);
        Interface<NodeInterface>();
        IsTypeOf = row => row is Refund;
        AddIdentity();
        AddOutcome();
        Field<NonNullGraphType<OrderGraphType>>("order")
            .Description("The refunded order.")
            .Resolve(c => OrderLoaders.Rows.ById(c, c.Source.OrderId))
            .ForReaders(Scope.OrdersRead, Role.EventManager);
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<MoneyGraphType>>("amount")
            .Description("The amount, in the smallest unit of the order's currency; 0 for free tickets.")
            .Resolve(c => c.Source.Amount);
        Field<StringGraphType>("reason")
            .Description("The reason given for the refund; null if none was given.")
            .Resolve(c => c.Source.Reason);
        Field<NonNullGraphType<WireEnumGraphType<RefundOrigin>>>("origin")
            .Description("The refund's origin.")
            .Resolve(c => c.Source.Origin);
    }

    private void AddOutcome()
    {
        Field<NonNullGraphType<WireEnumGraphType<RefundStatus>>>("status")
            .Description("The refund's status.")
            .Resolve(c => c.Source.Status);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("attendeeIds")
            .Description("The ids of the tickets it refunds; empty if the amount does not match "
                + "whole tickets.")
            .Resolve(c => c.Source.AttendeeIds);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the refund was created.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
