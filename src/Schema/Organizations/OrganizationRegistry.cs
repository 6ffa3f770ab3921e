using Equaticket.Engine.Errors;
using Equaticket.Persistence;
using Equaticket.Persistence.Audit;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Audit;
using Equaticket.Schema.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Schema.Organizations;

/// <summary>Makes and changes organizations, for operators.</summary>
public sealed class OrganizationRegistry(TenantContexts contexts, RowStamps stamps)
{
    /// <exception cref="ApiError">The slug or the name is not allowed, or the slug is taken.</exception>
    public async Task<Organization> CreateAsync(
        string slug, string name, Plan plan, bool acceptTerms, CancellationToken cancellationToken)
    {
        if (TextFormats.Fault(TextFormats.Slug, slug) is not null || slug.Length > 100)
            throw ApiError.Validation("slug", "Use 1 to 100 of a-z, 0-9 and hyphens inside.");
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > 200)
            throw ApiError.Validation("name", "Give a name of 1 to 200 characters.");
        var stamp = stamps.Next();
        var organization = new Organization
        {
            Id = stamp.Id,
            Slug = slug,
            Name = name.Trim(),
            Plan = plan,
            ApiTermsAcceptedAt = acceptTerms ? stamp.CreatedAt : null,
            CreatedAt = stamp.CreatedAt,
            UpdatedAt = stamp.CreatedAt,
        };
        await using var database = contexts.Lease(null);
        if (await database.Organizations.AnyAsync(o => o.Slug == slug, cancellationToken))
            throw ApiError.Conflict($"An organization with the slug {slug} exists.", "slug");
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

    /// <summary>Accepting twice keeps the first time.</summary>
    public async Task<Organization> AcceptTermsAsync(
        string slug, CancellationToken cancellationToken)
    {
        var organization = await GetAsync(slug, cancellationToken);
        if (organization.ApiTermsAcceptedAt is not null)
            return organization;
        var now = stamps.Now();
        (organization.ApiTermsAcceptedAt, organization.UpdatedAt) = (now, now);
        await using var database = contexts.Lease(new TenantScope(organization.Id, Livemode: true));
        database.Update(organization);
        AuditLog.Record(
            database, stamps, actor: null, AuditAction.ApiTermsAccepted, organization.Id);
        await database.SaveChangesAsync(cancellationToken);
        return organization;
    }

    /// <summary>Changes the plan. One without webhooks disables those that there are.</summary>
    public async Task<Organization> SetPlanAsync(
        string slug, Plan plan, CancellationToken cancellationToken)
    {
        await using var database = contexts.Lease(null);
        var organization = await FindAsync(database, slug, cancellationToken);
        (organization.Plan, organization.UpdatedAt) = (plan, stamps.Now());
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Update(organization);
        await database.SaveChangesAsync(cancellationToken);
        if (!WebhookRules.HasWebhooks(plan))
        {
            await WebhookLifecycle.DisableAllAsync(
                database, organization.Id, organization.UpdatedAt, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return organization;
    }

    /// <summary>Tells of a Stripe Connect account, and whether it takes payments.</summary>
    /// <param name="slug">The organization.</param>
    /// <param name="account">What is known of it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ApiError">There is no such organization, or the account is another's.</exception>
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
            throw ApiError.Conflict($"The account {account.Id} is another organization's.");
        }

        return organization;
    }

    private static async Task<Organization> FindAsync(
        EquaticketDbContext database, string slug, CancellationToken cancellationToken) =>
        await database.Organizations.SingleOrDefaultAsync(o => o.Slug == slug, cancellationToken)
            ?? throw ApiError.NotFound($"organization: {slug}");
}

/// <summary>A Stripe Connect account of an organization, as an operator knows it.</summary>
/// <param name="ChargesEnabled">Whether it takes payments.</param>
/// <param name="Livemode">Of which mode.</param>
/// <param name="Id">Stripe's id, <c>acct_…</c>; null to keep what is known.</param>
public sealed record KnownStripeAccount(
    bool ChargesEnabled, bool Livemode = true, string? Id = null);
