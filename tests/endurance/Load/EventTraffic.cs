using System.Collections.Concurrent;

namespace Equaticket.Endurance.Load;

/// <summary>Creates and changes events, and reads its writes.</summary>
public sealed class EventTraffic(Shop shop, Client client, Ledger ledger)
{
    private const string Change =
        "mutation ($id: ID!, $input: UpdateEventInput!) { updateEvent(id: $id, input: $input) { description } }";

    /// <summary>The events that no client is using. Only one client uses an event at a time.</summary>
    private readonly ConcurrentQueue<CreatedEvent> _idle = [];

    /// <summary>Often sends the same request twice concurrently, like an impatient client.</summary>
    public async Task CreateAsync()
    {
        var key = Client.NewKey();
        var created = new CreatedEvent($"Event {key}");
        ledger.Events.Enqueue(created);
        var call = new Call(
            HttpMethod.Post, "/api/v1/events",
            new
            {
                title = created.Title,
                description = "0",
                timezone = "Europe/Oslo",
                starts_at = "2035-06-01T18:00:00Z",
                currency = "eur",
            },
            shop.LiveKey, key);
        var twins = Random.Shared.Next(4) == 0 ? 2 : 1;
        var answers = await Task.WhenAll(Enumerable.Range(0, twins).Select(_ => client.SendAsync(call)));
        foreach (var answer in answers.OfType<Answer>())
        {
            if (answer.Status != 201)
            {
                ledger.Unexpected.Enqueue($"Create {created.Title}: {answer.Status} {answer.Message}");
                return;
            }

            var id = $"{answer.Body.GetProperty("id")}";
            if (created.Id is not null && created.Id != id)
                ledger.Doubled.Enqueue($"Key {key} created {created.Id} and {id}");
            created.Id = id;
        }

        if (created.Id is null)
            return;
        await ReadOwnAsync(created);
        _idle.Enqueue(created);
    }

    /// <summary>Gives an event its next version.</summary>
    public async Task ChangeAsync()
    {
        if (!_idle.TryDequeue(out var known))
            return;
        var version = known.Version + 1;
        var answer = await client.SendAsync(Call.GraphQL(
            Change, new { id = known.Id, input = new { description = $"{version}" } }, shop.LiveKey, Client.NewKey()));
        // Without a response, the change may or may not have been applied, so the version of this event is unknown.
        if (answer is null)
        {
            known.Version = CreatedEvent.Unknown;
            return;
        }

        if (answer.Code is not null)
            ledger.Unexpected.Enqueue($"Change {known.Id}: {answer.Code} {answer.Message}");
        else
            known.Version = version;
        await ReadOwnAsync(known);
        _idle.Enqueue(known);
    }

    /// <summary>Reads what an organizer's or a buyer's page reads.</summary>
    public async Task ReadAsync(Shelf shelf)
    {
        var path = Random.Shared.Next(4) switch
        {
            0 => "/api/v1/events?limit=25",
            1 => "/api/v1/orders?limit=25",
            2 => "/api/v1/public/events?org_slug=night",
            _ when shelf.Free is [var first, ..] => $"/api/v1/events/{first.EventId}/ticket-types",
            _ => "/api/v1/attendees?limit=10",
        };
        var answer = await client.SendAsync(new Call(HttpMethod.Get, path, Key: shop.LiveKey));
        if (answer is { Status: not 200 })
            ledger.Unexpected.Enqueue($"GET {path}: {answer.Status} {answer.Message}");
    }

    private async Task ReadOwnAsync(CreatedEvent known)
    {
        var answer = await client.SendAsync(new Call(HttpMethod.Get, $"/api/v1/events/{known.Id}", Key: shop.LiveKey));
        if (answer is null)
            return;
        if (answer.Status != 200)
            ledger.Stale.Enqueue($"Event {known.Id}: {answer.Status} after it was created");
        else if ($"{answer.Body.GetProperty("description")}" != $"{known.Version}")
            ledger.Stale.Enqueue(
                $"Event {known.Id}: version {answer.Body.GetProperty("description")} after {known.Version}");
    }
}
