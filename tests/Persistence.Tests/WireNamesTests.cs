using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;

namespace Equaticket.Persistence.Tests;

public sealed class WireNamesTests
{
    [Fact]
    public void Every_member_has_the_documented_spelling()
    {
        Assert.Equal(
            [
                "events:read", "events:write", "ticket_types:write", "orders:read",
                "attendees:read", "webhooks:read", "webhooks:write",
            ],
            WireNames<Scope>.All);
        Assert.Equal(["owner", "admin", "event_manager", "check_in_only"], WireNames<Role>.All);
        Assert.Equal(["draft", "published", "cancelled"], WireNames<EventStatus>.All);
        Assert.Equal(["free", "starter", "growth", "pro"], WireNames<Plan>.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EventsRead")]
    [InlineData("EVENTS:READ")]
    [InlineData("0")]
    public void Other_spellings_are_refused(string name)
    {
        Assert.False(WireNames<Scope>.TryParse(name, out _));
        Assert.Throws<FormatException>(() => WireNames<Scope>.Parse(name));
    }
}
