using Equaticket.Persistence;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Tenancy;

namespace Equaticket.Schema.Tests.Paging;

public sealed class EqualTimeTests : ApiTest
{
    private const string Page =
        """
        query ($after: String) {
          events(first: 7, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_with_the_same_timestamp_are_returned_once_each_while_others_are_added(bool isBusy)
    {
        var expected = await InsertAsync(50);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = (await Org.Test.DataAsync(Page, new { after }))["events"]!;
            seen.AddRange(page["nodes"].Texts("id"));
            after = page["pageInfo"]!["hasNextPage"]!.GetValue<bool>()
                ? page["pageInfo"]!["endCursor"].Text()
                : null;
            if (isBusy)
                await Org.Test.CreateEventAsync("Added meanwhile");
        }
        while (after is not null);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private async Task<List<string>> InsertAsync(int count)
    {
        var stamps = new RowStamps(TimeProvider.System);
        var moment = stamps.Now();
        await using var database = Host.Get<TenantContexts>().Lease(Org.Scope(livemode: false));
        var rows = Enumerable.Range(0, count).Select(number => new Event
        {
            Id = stamps.Next().Id,
            Title = "At once",
            Slug = $"at-once-{number}",
            Timezone = "UTC",
            StartsAt = moment,
            Currency = "usd",
            CreatedAt = moment,
            UpdatedAt = moment,
        }).ToList();
        database.AddRange(rows);
        await database.SaveChangesAsync();
        return [.. rows.Select(row => row.Id.ToString())];
    }
}
