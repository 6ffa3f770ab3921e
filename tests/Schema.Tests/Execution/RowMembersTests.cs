using Equaticket.Engine.Plans;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Execution;

public sealed class RowMembersTests : ApiTest
{
    [Theory]
    [InlineData("Order", "orderNumber", "Number")]
    [InlineData("Order", "isTestData", "Livemode")]
    [InlineData("Order", "event", "EventId")]
    [InlineData("Order", "attendees", "Id")]
    [InlineData("OrderLineItem", "amount", "Quantity UnitPrice")]
    [InlineData("Attendee", "checkedIn", "CheckedInAt")]
    [InlineData("TicketType", "price", "TicketType")]
    public void The_expression_of_a_field_names_the_members_that_it_reads(string type, string field, string members) =>
        Assert.Equal(members, string.Join(' ', MembersOf(type, field)!.Order(StringComparer.Ordinal)));

    /// <remarks>What a payment reads depends on the selection on it, since it is the order.</remarks>
    [Theory]
    [InlineData("Order", "payment")]
    [InlineData("Order", "requestId")]
    [InlineData("Event", "url")]
    public void Other_fields_may_read_any_member(string type, string field) => Assert.Null(MembersOf(type, field));

    private IReadOnlySet<string>? MembersOf(string type, string field) => RowMembers.Of(
        ((IObjectGraphType)Host.Get<ISchema>().AllTypes[type]!).Fields.Find(field)!, written: null);
}
