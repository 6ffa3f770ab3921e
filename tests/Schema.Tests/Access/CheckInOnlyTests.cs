using Equaticket.Engine.Access;
using Equaticket.Engine.Input;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Access;

/// <summary>A user who only scans tickets sees attendees' names, but not their email addresses or payments.</summary>
public sealed class CheckInOnlyTests : ApiTest
{
    private const string Scan =
        "mutation { checkInTicket(input: { eventId: \"x\", code: \"ABCD2345\" }) { attendee { name {0} } } }";

    [Theory]
    [InlineData(Role.EventManager, "email", null)]
    [InlineData(Role.CheckInOnly, "ticketTypeName", null)]
    [InlineData(Role.CheckInOnly, "email", "forbidden")]
    [InlineData(Role.CheckInOnly, "price", "forbidden")]
    [InlineData(Role.CheckInOnly, "amountPaid", "forbidden")]
    public async Task A_scan_shows_email_and_amounts_to_event_managers_and_above(Role role, string field, string? code)
    {
        var session = Session(role);
        Assert.Equal(code, await Sessions.RunAsync(
            Host, session, Scan.Replace("{0}", field, StringComparison.Ordinal)));
        Assert.Equal(code ?? "not_found", await Sessions.RunAsync(
            Host, session, $"mutation {{ undoCheckIn(ticketId: \"x\") {{ attendee {{ {field} }} }} }}"));
    }

    [Fact]
    public async Task A_key_without_the_read_scope_reads_the_attendee_it_checks_in()
    {
        var eventId = await Org.Test.CreatePublishedEventAsync();
        var sale = await Host.SellAsync(Org.Test, eventId, await Org.Test.CreateTicketTypeAsync(eventId));
        var key = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
        var made = await key.DataAsync(
            "mutation ($id: ID!) { simulateCheckIn(id: $id) { email price amountPaid } }",
            new { id = sale.AttendeeId });
        Assert.NotNull(made["simulateCheckIn"]!["email"]);
    }

    /// <remarks>The price of a ticket type is public.</remarks>
    [Fact]
    public void No_email_and_no_amount_is_reachable_except_the_price_of_a_ticket_type()
    {
        var schema = Host.Get<ISchema>();
        var reached = new HashSet<FieldType>();
        foreach (var root in new[] { schema.Query, schema.Mutation!, schema.Subscription! })
            Reach(root, Session(Role.CheckInOnly), reached);
        Assert.Contains(reached, field => field.Name == "checkInTicket");
        Assert.Equal(["TicketType.price"], reached
            .Where(field => field.Name.Contains("email", StringComparison.OrdinalIgnoreCase)
                || field.ResolvedType!.GetNamedType() is MoneyGraphType)
            .Select(field => $"{schema.AllTypes.OfType<IObjectGraphType>().Single(t => t.Fields.Contains(field)).Name}.{field.Name}"));
    }

    private void Reach(IGraphType type, Caller caller, HashSet<FieldType> reached)
    {
        if (type is IAbstractGraphType open)
        {
            foreach (var possible in open.PossibleTypes.Where(possible =>
                Host.Get<AccessRules>().OfType(possible.Name)?.Refusal(caller) is null))
                Reach(possible, caller, reached);
            return;
        }

        foreach (var field in (type as IObjectGraphType)?.Fields.ToList() ?? [])
        {
            var access = Host.Get<AccessRules>().Of(field);
            if (access is not FieldAccess { IsPublic: true } && access?.Refusal(caller) is null && reached.Add(field))
                Reach(field.ResolvedType!.GetNamedType(), caller, reached);
        }
    }

    private Caller Session(Role role) =>
        Caller.ForSession(Guid.AllBitsSet, role, Org.Organization, livemode: false);
}
