using GraphQL.Types;

namespace Equaticket.Schema.TestData;

public sealed class TestDataCountsGraphType : ObjectGraphType<DeletedTestData>
{
    public TestDataCountsGraphType()
    {
        Name = "TestDataCounts";
        Description = "How much test data your organization has.";
        Count("events", "The number of events.", data => data.Events);
        Count("ticketTypes", "The number of ticket types.", data => data.TicketTypes);
        Count("orders", "The number of orders.", data => data.Orders);
        Count("attendees", "The number of attendees.", data => data.Attendees);
        Count("refunds", "The number of refunds.", data => data.Refunds);
        Count("webhooks", "The number of webhooks.", data => data.Webhooks);
    }

    private void Count(string name, string description, Func<DeletedTestData, int> count) =>
        Field<NonNullGraphType<IntGraphType>>(name)
            .Description(description)
            .Resolve(c => count(c.Source));
}
