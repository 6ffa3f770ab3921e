using System.Collections.Frozen;
using Equaticket.Engine.Access;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Schema.Execution;

/// <summary>Who makes a request: an API key, a dashboard session, or nobody.</summary>
public sealed record Caller : ICaller
{
    /// <summary>Whoever sends neither a key nor a session.</summary>
    public static Caller Nobody { get; } = new();

    /// <summary>Whose rows the caller sees and makes; null for nobody.</summary>
    public TenantScope? Tenant { get; private init; }

    /// <summary>The slug of the caller's organization, for public addresses; empty for nobody.</summary>
    public string OrganizationSlug { get; private init; } = "";

    public Plan? Plan { get; private init; }

    /// <summary>The key that the request came with; null for sessions and nobody.</summary>
    public Guid? ApiKeyId { get; private init; }

    /// <summary>What the key may do; empty for sessions and nobody.</summary>
    public FrozenSet<Scope> Scopes { get; private init; } = [];

    /// <summary>The person of the session; null for keys and nobody.</summary>
    public Guid? UserId { get; private init; }

    /// <summary>What the session's person may do; null for keys and nobody.</summary>
    public Role? Role { get; private init; }

    /// <summary>How the key was found, to look again before an answer is sent; null without one.</summary>
    public KnownKey? Key { get; init; }

    public bool IsAuthenticated => Tenant is not null;

    /// <summary>The caller's mode; live for nobody, who sees live data only.</summary>
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
