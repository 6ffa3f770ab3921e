using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Schema.Execution;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A key as last read from the database.</summary>
public sealed class KnownKey
{
    public KnownKey(ApiKey key, Organization organization, DateTimeOffset readAt)
    {
        (Key, ReadAt) = (key, readAt);
        Caller = Caller.ForKey(key, organization) with { Key = this };
    }

    public ApiKey Key { get; }

    public DateTimeOffset ReadAt { get; }

    public Caller Caller { get; }
}
