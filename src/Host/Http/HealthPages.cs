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
        return services.AddSingleton<Readiness>();
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

    /// <summary>Ready while the server is warm, the database responds and the server is not stopping.</summary>
    /// <remarks>Load balancers check every second or two, so only changes are logged.</remarks>
    private sealed class Readiness(
        NpgsqlDataSource database, Shutdown shutdown, IEnumerable<WarmUp> warmUps, ILogger<Readiness> log)
        : IHealthCheck
    {
        private int _isAway;

        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (shutdown.HasBegun)
                return HealthCheckResult.Unhealthy("The server is shutting down.");
            if (warmUps.Any(warmUp => !warmUp.IsOver))
                return HealthCheckResult.Unhealthy("The server is warming up.");
            try
            {
                await using var command = database.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
            }
            catch (Exception fault)
            {
                if (Interlocked.Exchange(ref _isAway, 1) == 0)
                    log.LogWarning("Not ready: the database does not respond ({Reason}).", fault.Message);
                return HealthCheckResult.Unhealthy("The database does not respond.");
            }

            if (Interlocked.Exchange(ref _isAway, 0) == 1)
                log.LogInformation("Ready again: the database responds.");
            return HealthCheckResult.Healthy();
        }
    }
}
