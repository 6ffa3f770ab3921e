using System.Linq.Expressions;
using System.Reflection;
using Equaticket.Persistence.Activity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Equaticket.Persistence.Tenancy;

/// <summary>
/// Applies the tenant filter to every entity that belongs to an organization. The filter reads
/// members of the context, so that all tenants share one compiled model and its compiled queries.
/// </summary>
internal static class TenantFilter
{
    public const string Name = "Tenant";

    public static void Apply(ModelBuilder model, EquaticketDbContext context)
    {
        foreach (var entity in model.Model.GetEntityTypes().Select(type => type.ClrType).ToList())
        {
            if (entity.IsAssignableTo(typeof(TenantOwned)))
                Call(nameof(FilterByTenant), entity, model, context);
            else if (entity.IsAssignableTo(typeof(IOrganizationOwned)))
                Call(nameof(FilterByOrganization), entity, model, context);
        }
    }

    private static void Call(
        string method, Type entity, ModelBuilder model, EquaticketDbContext context) =>
        typeof(TenantFilter)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(entity)
            .Invoke(null, [model, context]);

    private static void FilterByTenant<T>(ModelBuilder model, EquaticketDbContext context)
        where T : TenantOwned
    {
        Expression<Func<T, bool>> isOwn = row =>
            row.OrganizationId == context.TenantOrganizationId
            && row.Livemode == context.TenantLivemode;
        model.Entity<T>().HasQueryFilter(Name, isOwn);
    }

    private static void FilterByOrganization<T>(ModelBuilder model, EquaticketDbContext context)
        where T : class, IOrganizationOwned
    {
        Expression<Func<T, bool>> isOwn = row => row.OrganizationId == context.TenantOrganizationId;
        model.Entity<T>().HasQueryFilter(Name, isOwn);
    }
}

/// <summary>Sets the scope's organization and mode, and the id of the request, on every added row.</summary>
internal static class TenantStamp
{
    /// <exception cref="InvalidOperationException">A row is added without a scope.</exception>
    public static void Apply(ChangeTracker changes, TenantScope? scope, RequestTrace? trace)
    {
        foreach (var entry in changes.Entries<IOrganizationOwned>())
        {
            trace?.Note(entry.Entity, entry.State);
            if (entry.State == EntityState.Added)
                Apply(entry.Entity, scope, trace);
        }
    }

    /// <exception cref="InvalidOperationException">There is no scope.</exception>
    public static void Apply(IOrganizationOwned added, TenantScope? scope, RequestTrace? trace)
    {
        var tenant = scope ?? throw new InvalidOperationException(
            $"A row of {added.GetType().Name} was added without a tenant scope.");
        added.OrganizationId = tenant.OrganizationId;
        if (added is TenantOwned owned)
            owned.Livemode = tenant.Livemode;
        if (added is IOfRequest made)
            made.RequestId = trace?.RequestId;
    }
}
