using System.ComponentModel;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Attendees;
using Equaticket.Persistence.Events;
using Equaticket.Persistence.Orders;
using Equaticket.Persistence.Refunds;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.TicketTypes;
using Equaticket.Persistence.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Persistence.Activity;

/// <summary>
/// Follows a request through the database: rows with a request id column get its id, and the resources that it writes
/// are recorded in memory for the activity log, without extra statements.
/// </summary>
/// <param name="requestId">The value of the <c>X-Request-Id</c> response header.</param>
public sealed class RequestTrace(string requestId)
{
    /// <summary>The maximum number of writes to record.</summary>
    public const int MaxWrites = 100;

    private static readonly Dictionary<Type, WrittenType> Types = new()
    {
        [typeof(Event)] = WrittenType.Event,
        [typeof(TicketType)] = WrittenType.TicketType,
        [typeof(Order)] = WrittenType.Order,
        [typeof(Attendee)] = WrittenType.Attendee,
        [typeof(Refund)] = WrittenType.Refund,
        [typeof(Webhook)] = WrittenType.Webhook,
        [typeof(WebhookDelivery)] = WrittenType.WebhookDelivery,
        [typeof(ApiKey)] = WrittenType.ApiKey,
    };

    private readonly OrderedDictionary<(WrittenType Type, Guid Id), WriteKind> _committed = [];
    private readonly List<RequestWrite> _open = [];

    public string RequestId => requestId;

    /// <summary>The committed writes, in the order of the first write to each resource.</summary>
    public IEnumerable<RequestWrite> Writes =>
        _committed.Select(write => new RequestWrite(write.Value, write.Key.Type, write.Key.Id));

    /// <summary>Records the writes of the transaction. A resource created and then changed counts as created.</summary>
    public void Commit()
    {
        foreach (var write in _open)
        {
            var key = (write.Type, write.Id);
            var isKnown = _committed.TryGetValue(key, out var earlier);
            if (isKnown && earlier == WriteKind.Created && write.Kind == WriteKind.Changed)
                continue;
            if (isKnown || _committed.Count < MaxWrites)
                _committed[key] = write.Kind;
        }

        _open.Clear();
    }

    /// <summary>Discards the writes that were rolled back.</summary>
    public void Rollback() => _open.Clear();

    internal void Note(object written, EntityState state)
    {
        WriteKind? kind = state switch
        {
            EntityState.Added => WriteKind.Created,
            EntityState.Modified => WriteKind.Changed,
            EntityState.Deleted => WriteKind.Deleted,
            _ => null,
        };
        if (kind is { } done && written is IPagedRow row && Types.TryGetValue(row.GetType(), out var type))
            _open.Add(new RequestWrite(done, type, row.Id));
    }
}

/// <summary>A row that stores the id of the request that created it.</summary>
internal interface IOfRequest
{
    string? RequestId { get; set; }
}

/// <summary>A resource that a request wrote.</summary>
public sealed record RequestWrite(WriteKind Kind, WrittenType Type, Guid Id)
{
    /// <summary>As stored: <c>created order 019e…</c>.</summary>
    public override string ToString() => $"{WireNames<WriteKind>.Of(Kind)} {WireNames<WrittenType>.Of(Type)} {Id}";

    public static IReadOnlyList<RequestWrite> Read(IEnumerable<string> stored) => [.. stored.Select(Parse)];

    private static RequestWrite Parse(string text)
    {
        var parts = text.Split(' ');
        return new RequestWrite(
            WireNames<WriteKind>.Parse(parts[0]), WireNames<WrittenType>.Parse(parts[1]), Guid.Parse(parts[2]));
    }
}

[Description("What a request did to a resource.")]
public enum WriteKind
{
    [Description("The resource was created.")]
    Created,

    [Description("The resource was changed.")]
    Changed,

    [Description("The resource was deleted.")]
    Deleted,
}

[Description("The type of a resource that a request wrote.")]
public enum WrittenType
{
    [Description("An event.")]
    Event,

    [Description("A ticket type.")]
    TicketType,

    [Description("An order.")]
    Order,

    [Description("An attendee.")]
    Attendee,

    [Description("A refund.")]
    Refund,

    [Description("A webhook.")]
    Webhook,

    [Description("A webhook delivery.")]
    WebhookDelivery,

    [Description("An API key.")]
    ApiKey,
}
