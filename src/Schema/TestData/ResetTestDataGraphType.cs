using GraphQL.Types;

namespace Equaticket.Schema.TestData;

public sealed class ResetTestDataGraphType : ObjectGraphType<DeletedTestData>
{
    public ResetTestDataGraphType()
    {
        Name = "ResetTestData";
        Description = "What a reset of the test data has removed.";
        Field<NonNullGraphType<DeletedTestDataGraphType>>("deleted")
            .Description("The number of removed objects of each kind.")
            .Resolve(c => c.Source);
    }
}

public sealed class DeletedTestDataGraphType : ObjectGraphType<DeletedTestData>
{
    public DeletedTestDataGraphType()
    {
        Name = "DeletedTestData";
        Description = "The number of removed objects of each kind.";
        Field<NonNullGraphType<IntGraphType>>("events")
            .Description("Removed events.")
            .Resolve(c => c.Source.Events);
        Field<NonNullGraphType<IntGraphType>>("ticketTypes")
            .Description("Removed ticket types.")
            .Resolve(c => c.Source.TicketTypes);
        Field<NonNullGraphType<IntGraphType>>("orders")
            .Description("Removed orders.")
            .Resolve(c => c.Source.Orders);
        Field<NonNullGraphType<IntGraphType>>("attendees")
            .Description("Removed attendees, which are the tickets.")
            .Resolve(c => c.Source.Attendees);
        Field<NonNullGraphType<IntGraphType>>("refunds")
            .Description("Removed refunds.")
            .Resolve(c => c.Source.Refunds);
        Field<NonNullGraphType<IntGraphType>>("webhooks")
            .Description("Removed webhooks, with their deliveries.")
            .Resolve(c => c.Source.Webhooks);
    }
}
