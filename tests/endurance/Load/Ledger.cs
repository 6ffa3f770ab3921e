using System.Collections.Concurrent;

namespace Equaticket.Endurance.Load;

/// <summary>An event that a client created, with its last acknowledged version.</summary>
public sealed class CreatedEvent(string title)
{
    /// <summary>The version after a change that got no response.</summary>
    public const int Unknown = -1;

    public string Title => title;

    /// <summary>Null until the creation is acknowledged.</summary>
    public string? Id { get; set; }

    public int Version { get; set; }
}

/// <summary>A ticket type on sale, with its capacity.</summary>
public sealed record HotType(string Id, string EventId, int Capacity, bool Livemode);

/// <summary>A client's purchase. The buyer's email address identifies it in the database.</summary>
public sealed class Purchase(HotType type, int quantity, string email)
{
    public HotType Type => type;

    public int Quantity => quantity;

    public string Email => email;

    public long Start { get; set; }

    public long End { get; set; } = long.MaxValue;

    /// <summary>Set once the purchase is acknowledged.</summary>
    public string? OrderNumber { get; set; }

    /// <summary>The tickets left, if the purchase was refused because there were too few.</summary>
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

/// <summary>The scans of one ticket, at one gate or concurrently at two.</summary>
public sealed record ScannedTicket(string Code, int Accepted, bool IsAnswered);

/// <summary>What the clients saw: acknowledged effects, and results that should not occur.</summary>
public sealed class Ledger
{
    public ConcurrentQueue<CreatedEvent> Events { get; } = [];

    public ConcurrentQueue<HotType> Types { get; } = [];

    public ConcurrentQueue<Purchase> Purchases { get; } = [];

    public ConcurrentQueue<ScannedTicket> Scans { get; } = [];

    public ConcurrentQueue<SalesFollower> Streams { get; } = [];

    /// <summary>Reads that returned older data than the client had written.</summary>
    public ConcurrentQueue<string> Stale { get; } = [];

    /// <summary>Responses that contradict each other: two effects for one key.</summary>
    public ConcurrentQueue<string> Doubled { get; } = [];

    /// <summary>Writes that were retried until the deadline passed.</summary>
    public ConcurrentQueue<string> GivenUp { get; } = [];

    /// <summary>Responses that no rule explains.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = [];
}
