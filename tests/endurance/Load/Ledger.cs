using System.Collections.Concurrent;

namespace Equaticket.Endurance.Load;

/// <summary>An event that a client created, with the last version that was acknowledged.</summary>
public sealed class CreatedEvent(string title)
{
    /// <summary>The version after a change whose answer never came.</summary>
    public const int Unknown = -1;

    public string Title => title;

    /// <summary>Null until the creation is acknowledged.</summary>
    public string? Id { get; set; }

    public int Version { get; set; }
}

/// <summary>A ticket type on sale, with how many tickets there are.</summary>
public sealed record HotType(string Id, string EventId, int Capacity, bool Livemode);

/// <summary>A client's purchase. The address of the buyer finds it in the database.</summary>
public sealed class Purchase(HotType type, int quantity, string email)
{
    public HotType Type => type;

    public int Quantity => quantity;

    public string Email => email;

    public long Start { get; set; }

    public long End { get; set; } = long.MaxValue;

    /// <summary>Set once it is acknowledged.</summary>
    public string? OrderNumber { get; set; }

    /// <summary>Set if it is refused because of them.</summary>
    public int? Left { get; set; }

    public Refunding? Refund { get; set; }
}

/// <summary>A client's refund of a whole order.</summary>
public sealed class Refunding(string orderId)
{
    public string OrderId => orderId;

    public long Start { get; set; }

    public long End { get; set; } = long.MaxValue;

    public bool IsAcknowledged { get; set; }
}

/// <summary>The scans of one ticket, at one gate or at two at once.</summary>
public sealed record ScannedTicket(string Code, int Accepted, bool IsAnswered);

/// <summary>What the clients saw: what was acknowledged, and what should not have been.</summary>
public sealed class Ledger
{
    public ConcurrentQueue<CreatedEvent> Events { get; } = [];

    public ConcurrentQueue<HotType> Types { get; } = [];

    public ConcurrentQueue<Purchase> Purchases { get; } = [];

    public ConcurrentQueue<ScannedTicket> Scans { get; } = [];

    public ConcurrentQueue<SalesFollower> Streams { get; } = [];

    /// <summary>Reads that were older than the client's own write.</summary>
    public ConcurrentQueue<string> Stale { get; } = [];

    /// <summary>Answers that contradict each other: one key with two effects.</summary>
    public ConcurrentQueue<string> Doubled { get; } = [];

    /// <summary>Requests that were tried until their time was over.</summary>
    public ConcurrentQueue<string> GivenUp { get; } = [];

    /// <summary>Answers that no rule explains.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = [];
}
