using Equaticket.Persistence.Team;

namespace Equaticket.Dashboard.Tests;

/// <summary>What lists offer, and what they say when they are empty.</summary>
public sealed class SalesListPageTests : DashboardTest
{
    [Fact]
    public async Task Door_staff_are_not_offered_to_create_or_edit_events()
    {
        using var manager = await SignInAsync(Role.EventManager);
        using var door = await SignInAsync(Role.CheckInOnly);
        foreach (var list in new[] { Test, $"{Test}/events" })
            await AssertOfferedAsync(list, "/events/new");
        var path = $"{Test}/events/{await Org.Test.CreateEventAsync()}";
        await AssertOfferedAsync(path, $"{path}/edit");
        await AssertOfferedAsync(path, $"{path}/ticket-types/new");

        async Task AssertOfferedAsync(string page, string link)
        {
            Assert.Contains(link, (await manager.GetAsync(page)).Body, StringComparison.Ordinal);
            Assert.DoesNotContain(link, (await door.GetAsync(page)).Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("events", "draft")]
    [InlineData("orders", "failed")]
    [InlineData("attendees", "void")]
    public async Task An_empty_list_says_whether_a_filter_is_the_reason(string rows, string status)
    {
        using var client = await SignInAsync(Role.Admin);
        foreach (var query in new[] { "", "?status=&unknown=1" })
        {
            var all = await client.GetAsync($"{Test}/{rows}{query}");
            Assert.Contains($"No {rows} yet.", all.Body, StringComparison.Ordinal);
        }

        var some = await client.GetAsync($"{Test}/{rows}?status={status}");
        Assert.Contains($"No {rows} match.", some.Body, StringComparison.Ordinal);
    }
}
