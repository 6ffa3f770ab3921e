using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Persistence;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Schema.Organizations;

/// <summary>Creates and changes organizations, for operators.</summary>
public sealed class OrganizationRegistry(TenantContexts contexts, RowStamps stamps)
{
    private static readonly TextRule SlugRule = new((1, 100), TextFormats.Slug);
    internal static readonly TextRule NameRule = new((1, 200));

    /// <exception cref="ApiError">The slug or name is invalid, or the slug is taken.</exception>
    public async Task<Organization> CreateAsync(
        string slug, string name, Plan plan, bool acceptTerms, CancellationToken cancellationToken)
    {
        slug = SlugRule.Require(slug, "slug");
        name = NameRule.Require(name, "name");
        var stamp = stamps.Next();
        var organization = new Organization
        {
            Id = stamp.Id,
            Slug = slug,
            Name = name,
            Plan = plan,
            ApiTermsAcceptedAt = acceptTerms ? stamp.CreatedAt : null,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        await using var database = contexts.Lease(null);
        if (await database.Organizations.AnyAsync(o => o.Slug == slug, cancellationToken))
            throw ApiError.Conflict($"An organization with the slug {slug} already exists.", "slug");
        database.Add(organization);
        await database.SaveChangesAsync(cancellationToken);
        return organization;
    }

    /// <exception cref="ApiError">No organization has this slug.</exception>
    public async Task<Organization> GetAsync(string slug, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        return await FindAsync(database, slug, cancellationToken);
    }

    /// <summary>Accepts the API terms. Accepting them again keeps the original time.</summary>
    public async Task<Organization> AcceptTermsAsync(
        string slug, CancellationToken cancellationToken)
    {
        var organization = await GetAsync(slug, cancellationToken);
        await using var database = contexts.Lease(new TenantScope(organization.Id, Livemode: true));
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        organization = await ApiTermsAcceptance.AcceptAsync(
            database, stamps, actor: null, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return organization;
    }

    /// <summary>Changes the plan. A plan without webhooks disables existing webhooks.</summary>
    public async Task<Organization> SetPlanAsync(
        string slug, Plan plan, CancellationToken cancellationToken)
    {
        var (wanted, now) = (WireNames<Plan>.Of(plan), stamps.Now());
        await using var database = contexts.Lease(null);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var changed = await database.Organizations.FromSql(
            $"""
            UPDATE organizations SET plan = {wanted}, updated_at = {now} WHERE slug = {slug}
            RETURNING *
            """).ToListAsync(cancellationToken);
        var organization = changed.SingleOrDefault() ?? throw NotFound(slug);
        if (!WebhookRules.HasWebhooks(plan))
        {
            await WebhookLifecycle.DisableAllAsync(
                database, organization.Id, organization.UpdatedAt, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return organization;
    }

    /// <summary>Records a Stripe Connect account and whether it accepts payments.</summary>
    /// <param name="slug">The organization's slug.</param>
    /// <param name="account">The known state of the account.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ApiError">The organization does not exist, or the account belongs to another one.</exception>
    public async Task<Organization> SetStripeAsync(
        string slug, KnownStripeAccount account, CancellationToken cancellationToken)
    {
        var organization = await GetAsync(slug, cancellationToken);
        var now = stamps.Now();
        await using var database = contexts.Lease(
            new TenantScope(organization.Id, account.Livemode));
        try
        {
            await database.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO stripe_accounts AS known (organization_id, livemode, account_id,
                    charges_enabled, events_check_at, updated_at)
                VALUES ({organization.Id}, {account.Livemode}, {account.Id},
                    {account.ChargesEnabled}, {now}, {now})
                ON CONFLICT (organization_id, livemode) DO UPDATE SET
                    account_id = coalesce(excluded.account_id, known.account_id),
                    charges_enabled = excluded.charges_enabled,
                    events_check_at = excluded.events_check_at, updated_at = excluded.updated_at
                """,
                cancellationToken);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw ApiError.Conflict($"The account {account.Id} belongs to another organization.");
        }

        return organization;
    }

    private static async Task<Organization> FindAsync(
        EquaticketDbContext database, string slug, CancellationToken cancellationToken) =>
        await database.Organizations.SingleOrDefaultAsync(o => o.Slug == slug, cancellationToken)
            ?? throw NotFound(slug);

    private static ApiError NotFound(string slug) => ApiError.NotFound($"organization: {slug}");
}

/// <summary>A Stripe Connect account of an organization, as specified by an operator.</summary>
/// <param name="ChargesEnabled">Whether it accepts payments.</param>
/// <param name="Livemode">The mode.</param>
/// <param name="Id">Stripe's id, <c>acct_…</c>; null to keep the current one.</param>
public sealed record KnownStripeAccount(
    bool ChargesEnabled, bool Livemode = true, string? Id = null);
