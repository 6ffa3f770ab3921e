using Equaticket.Host.Hosting;
using Equaticket.Host.Load;
using Equaticket.Http;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Equaticket.Host.Http;

/// <summary>
/// Health checks for load balancers and supervisors: <c>/healthz</c> reports whether the process is alive, and
/// <c>/readyz</c> whether to send it requests. They return 200 or 503, with one word of plain text.
/// </summary>
internal static class HealthPages
{
    private const string Live = "/healthz";
    private const string Ready = "/readyz";
    private const string Methods = "GET, HEAD";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealthPages(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<Readiness>("ready", timeout: Bound);
        return services;
    }

    public static void MapHealthPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealth(Live, new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealth(Ready, new HealthCheckOptions());
    }

    private static void MapHealth(
        this IEndpointRouteBuilder endpoints, string path, HealthCheckOptions options)
    {
        endpoints.MapHealthChecks(path, options)
            .WithMetadata(new HttpMethodMetadata(Methods.Split(", ")), new AlwaysServed());
        endpoints.Map(path, http => http.RefuseMethodAsync(Methods));
    }

    /// <summary>Ready while the database responds and the host is not stopping.</summary>
    private sealed class Readiness(NpgsqlDataSource database, Shutdown shutdown) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (shutdown.HasBegun)
                return HealthCheckResult.Unhealthy("The host is shutting down.");
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
