using System.Security.Cryptography;

namespace Equaticket.Endurance.Load;

/// <summary>The tickets on sale: at regular intervals, a new event with few tickets in high demand.</summary>
public sealed class Shelf(Shop shop, Client client, Ledger ledger, Uri address)
{
    private const int TypesOfEvent = 3;
    private const int OpenStreams = 5;
    private const string StartsAt = "2035-06-01T18:00:00Z";

    /// <summary>Free tickets in live mode.</summary>
    public IReadOnlyList<HotType> Free { get; private set; } = [];

    /// <summary>Paid tickets in test mode, which can be refunded.</summary>
    public IReadOnlyList<HotType> Paid { get; private set; } = [];

    /// <summary>Puts new events on sale. The subscription starts before the first sale.</summary>
    public async Task RenewAsync()
    {
        var free = await EventAsync(shop.LiveKey, price: 0, isLive: true);
        if (free.Count > 0)
        {
            var stream = new SalesFollower(address, free[0].EventId, shop.LiveKey);
            ledger.Streams.Enqueue(stream);
            await stream.BeginAsync();
            Free = free;
            // Its event left the shelf minutes ago, so all purchases of its tickets are answered.
            if (ledger.Streams.SkipLast(OpenStreams).LastOrDefault() is { } old)
                await old.EndAsync();
        }

        var paid = await EventAsync(shop.TestKey, price: 1000, isLive: false);
        if (paid.Count > 0)
            Paid = paid;
    }

    private async Task<List<HotType>> EventAsync(string key, int price, bool isLive)
    {
        var created = await PostAsync(key, "/api/v1/events", new
        {
            title = $"Hot {Client.NewKey()}",
            timezone = "Europe/Oslo",
            starts_at = StartsAt,
            currency = "usd",
        });
        var types = new List<HotType>();
        if (created is null)
            return types;
        var id = $"{created.Body.GetProperty("id")}";
        for (var number = 0; number < TypesOfEvent; number++)
        {
            var capacity = RandomNumberGenerator.GetInt32(25, 60);
            var type = await PostAsync(key, $"/api/v1/events/{id}/ticket-types", new
            {
                name = $"Type {number}",
                price,
                quantity_total = capacity,
                max_per_order = 4,
            });
            if (type is not null)
                types.Add(new HotType($"{type.Body.GetProperty("id")}", id, capacity, isLive));
        }

        if (await PostAsync(key, $"/api/v1/events/{id}/publish", new { }) is null)
            return [];
        types.ForEach(ledger.Types.Enqueue);
        return types;
    }

    private async Task<Answer?> PostAsync(string key, string path, object body)
    {
        var answer = await client.SendAsync(new Call(HttpMethod.Post, path, body, key, Client.NewKey()));
        if (answer is null or { Status: < 300 })
            return answer;
        ledger.Unexpected.Enqueue($"POST {path}: {answer.Status} {answer.Message}");
        return null;
    }
}
