using System.Collections.Frozen;
using Equaticket.Engine.Access;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Schema.Execution;

/// <summary>The caller of a request: an API key, a dashboard session, or nobody.</summary>
public sealed record Caller : ICaller
{
    /// <summary>A caller that sends neither a key nor a session.</summary>
    public static Caller Nobody { get; } = new();

    /// <summary>The tenant whose rows the caller reads and creates; null for nobody.</summary>
    public TenantScope? Tenant { get; private init; }

    /// <summary>The slug of the caller's organization, for public URLs; empty for nobody.</summary>
    public string OrganizationSlug { get; private init; } = "";

    public Plan? Plan { get; private init; }

    /// <summary>The key sent with the request; null for sessions and nobody.</summary>
    public Guid? ApiKeyId { get; private init; }

    /// <summary>The scopes of the key; empty for sessions and nobody.</summary>
    public FrozenSet<Scope> Scopes { get; private init; } = [];

    /// <summary>The user of the session; null for keys and nobody.</summary>
    public Guid? UserId { get; private init; }

    /// <summary>The user's role; null for keys and nobody.</summary>
    public Role? Role { get; private init; }

    /// <summary>The key as it was found, to recheck it before a response is sent; null without a key.</summary>
    public KnownKey? Key { get; init; }

    public bool IsAuthenticated => Tenant is not null;

    /// <summary>The caller's mode; live for nobody, who only sees live data.</summary>
    public bool Livemode => Tenant?.Livemode ?? true;

    public static Caller ForKey(ApiKey key, Organization organization) => new()
    {
        Tenant = new TenantScope(organization.Id, key.Livemode),
        OrganizationSlug = organization.Slug,
        Plan = organization.Plan,
        ApiKeyId = key.Id,
        Scopes = key.Scopes.ToFrozenSet(),
    };

    public static Caller ForSession(
        Guid userId, Role role, Organization organization, bool livemode) => new()
        {
            Tenant = new TenantScope(organization.Id, livemode),
            OrganizationSlug = organization.Slug,
            Plan = organization.Plan,
            UserId = userId,
            Role = role,
        };
}
