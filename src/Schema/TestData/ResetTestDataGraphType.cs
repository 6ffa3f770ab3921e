using GraphQL.Types;

namespace Equaticket.Schema.TestData;

public sealed class ResetTestDataGraphType : ObjectGraphType<DeletedTestData>
{
    public ResetTestDataGraphType()
    {
        Name = "ResetTestData";
        Description = "The result of a test data reset.";
        Field<NonNullGraphType<DeletedTestDataGraphType>>("deleted")
            .Description("The number of deleted objects of each kind.")
            .Resolve(c => c.Source);
    }
}

public sealed class DeletedTestDataGraphType : ObjectGraphType<DeletedTestData>
{
    public DeletedTestDataGraphType()
    {
        Name = "DeletedTestData";
        Description = "The number of deleted objects of each kind.";
        Field<NonNullGraphType<IntGraphType>>("events")
            .Description("The number of deleted events.")
            .Resolve(c => c.Source.Events);
        Field<NonNullGraphType<IntGraphType>>("ticketTypes")
            .Description("The number of deleted ticket types.")
            .Resolve(c => c.Source.TicketTypes);
        Field<NonNullGraphType<IntGraphType>>("orders")
            .Description("The number of deleted orders.")
            .Resolve(c => c.Source.Orders);
        Field<NonNullGraphType<IntGraphType>>("attendees")
            .Description("The number of deleted attendees (tickets).")
            .Resolve(c => c.Source.Attendees);
        Field<NonNullGraphType<IntGraphType>>("refunds")
            .Description("The number of deleted refunds.")
            .Resolve(c => c.Source.Refunds);
        Field<NonNullGraphType<IntGraphType>>("webhooks")
            .Description("The number of deleted webhooks. Their deliveries are also deleted.")
            .Resolve(c => c.Source.Webhooks);
    }
}
