using Equaticket.Engine.Fields;
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
            .ResolveFrom(deleted => deleted);
    }
}

public sealed class DeletedTestDataGraphType : ObjectGraphType<DeletedTestData>
{
    public DeletedTestDataGraphType()
    {
        Name = "DeletedTestData";
        Description = "The number of deleted objects of each kind.";
        this.Leaf("events", "The number of deleted events.", deleted => deleted.Events);
        this.Leaf("ticketTypes", "The number of deleted ticket types.", deleted => deleted.TicketTypes);
        this.Leaf("orders", "The number of deleted orders.", deleted => deleted.Orders);
        this.Leaf("attendees", "The number of deleted attendees (tickets).", deleted => deleted.Attendees);
        this.Leaf("refunds", "The number of deleted refunds.", deleted => deleted.Refunds);
        this.Leaf("webhooks", "The number of deleted webhooks. Their deliveries are also deleted.",
            deleted => deleted.Webhooks);
    }
}

public sealed class TestDataCountsGraphType : ObjectGraphType<DeletedTestData>
{
    public TestDataCountsGraphType()
    {
        Name = "TestDataCounts";
        Description = "How much test data your organization has.";
        this.Leaf("events", "The number of events.", data => data.Events);
        this.Leaf("ticketTypes", "The number of ticket types.", data => data.TicketTypes);
        this.Leaf("orders", "The number of orders.", data => data.Orders);
        this.Leaf("attendees", "The number of attendees.", data => data.Attendees);
        this.Leaf("refunds", "The number of refunds.", data => data.Refunds);
        this.Leaf("webhooks", "The number of webhooks.", data => data.Webhooks);
    }
}
