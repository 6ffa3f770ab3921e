using System.Security.Cryptography;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Team;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Demo;

/// <summary>The credentials of the demo organization, shown only once.</summary>
internal sealed record DemoAccess(string Email, string Password, string LiveKey, string TestKey);

/// <summary>
/// Creates the organization <c>demo</c> with an owner, keys, and events, so that a new user's first curl
/// command works.
/// </summary>
internal sealed class DemoData(
    TenantContexts contexts,
    OrganizationRegistry organizations,
    UserRegistry users,
    ApiKeyRegistry keys,
    DemoEvents events)
{
    public const string Slug = "demo";

    private const string Email = "owner@demo.example";

    /// <returns>The demo credentials, or null if an organization already exists.</returns>
    public async Task<DemoAccess?> CreateOnFirstStartAsync(CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        if (await database.Organizations.AnyAsync(cancellationToken))
            return null;
        var demo = await organizations.CreateAsync(
            Slug, "Demo Events", Plan.Pro, acceptTerms: true, cancellationToken);
        await organizations.SetStripeAsync(
            Slug, new KnownStripeAccount(ChargesEnabled: true), cancellationToken);
        var password = DemoPassword.Create();
        await users.CreateAsync(demo, Email, Role.Owner, password, cancellationToken);
        return new DemoAccess(
            Email,
            password,
            await CreateKeyAsync(demo, livemode: true, cancellationToken),
            await CreateKeyAsync(demo, livemode: false, cancellationToken));
    }

    private async Task<string> CreateKeyAsync(
        Organization demo, bool livemode, CancellationToken cancellationToken)
    {
        var wanted = new NewApiKey(
            livemode ? "Demo, live" : "Demo, test", livemode, Enum.GetValues<Scope>(), null);
        await using var database = contexts.Lease(new TenantScope(demo.Id, livemode));
        var created = await keys.CreateAsync(database, actor: null, wanted, cancellationToken);
        await events.CreateAsync(demo, created.Key, cancellationToken);
        return created.Secret.Text;
    }
}

internal static class DemoPassword
{
    // Without easily confused characters.
    private const string Characters = "abcdefghijkmnpqrstuvwxyz23456789";

    public static string Create() => RandomNumberGenerator.GetString(Characters, 16);
}
