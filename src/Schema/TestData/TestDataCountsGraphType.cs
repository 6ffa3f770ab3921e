using Equaticket.Engine.Fields;
using GraphQL.Types;

namespace Equaticket.Schema.TestData;

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
