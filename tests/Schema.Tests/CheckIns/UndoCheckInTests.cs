using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.CheckIns;

public sealed class UndoCheckInTests : ApiTest
{
    private SessionClient _scanner = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _scanner = await Org.SignInAsync(Role.CheckInOnly);
    }

    [Fact]
    public async Task Undo_makes_a_ticket_usable_again_and_is_recorded()
    {
        var sold = await Org.Live.SellAsync(Host);
        var first = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        var id = first["attendee"]!["id"].Text();
        var undone = (await _scanner.UndoAsync(id)).Data()["undoCheckIn"]!;
        Assert.Equal("UNDONE", undone["outcome"].Text());
        Assert.Equal(first["checkedInAt"].Text(), undone["checkedInAt"].Text());
        Assert.False(undone["attendee"]!["checkedIn"]!.GetValue<bool>());
        Assert.Equal("conflict", (await _scanner.UndoAsync(id)).ErrorCode);

        var again = await _scanner.CheckInAsync(new { code = sold.Codes[0] });
        Assert.Equal("ACCEPTED", again["outcome"].Text());
        Assert.Equal(["accepted", "undone", "accepted"], await Host.ScansAsync(sold.EventId));
        var actors = await Host.QuerySqlAsync<Guid>(
            "SELECT user_id FROM scans WHERE event_id = $1", Guid.Parse(sold.EventId));
        Assert.All(actors, actor => Assert.Equal(_scanner.UserId, actor));
    }

    [Fact]
    public async Task Undo_of_another_organizations_ticket_is_not_found()
    {
        var sold = await Org.Test.SellAsync(Host);
        var refused = await _scanner.UndoAsync(await Host.TicketIdAsync(sold.Codes[0]));
        Assert.Equal("not_found", refused.ErrorCode);
    }
}
