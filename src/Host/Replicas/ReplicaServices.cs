using System.ComponentModel.DataAnnotations;
using Equaticket.Dashboard.Frame;
using Equaticket.Engine.Errors;
using Equaticket.Host.Hosting;
using Equaticket.Persistence;
using Equaticket.Persistence.Replicas;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equaticket.Host.Replicas;

/// <summary>Configures replicas (<c>Replica__MaxLagSeconds</c>).</summary>
internal sealed class ReplicaOptions
{
    public const string Section = "Replica";

    /// <summary>A replica that is further behind the primary serves no reads.</summary>
    [Range(1, 3_600, ErrorMessage = "Replica__MaxLagSeconds must be between 1 and 3600.")]
    public int MaxLagSeconds { get; set; } = 5;
}

/// <summary>Lets replicas take reads, if <c>ConnectionStrings__EquaticketReplica</c> is set.</summary>
internal static class ReplicaServices
{
    /// <param name="builder">The server.</param>
    /// <param name="primary">The primary without a connection pooler in between.</param>
    public static void AddReplicas(this WebApplicationBuilder builder, string primary)
    {
        builder.Services.AddOptions<ReplicaOptions>().BindConfiguration(ReplicaOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        if (ConnectionStrings.Read(builder.Configuration, "EquaticketReplica") is not { } settings)
            return;
        builder.Services.AddSingleton(provider => ReplicaPool.Of(
            settings,
            new WritePositions(
                provider.GetRequiredService<NpgsqlDataSource>(), primary,
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<DbContextOptions<EquaticketDbContext>>()));
        builder.Services.AddHostedService<ReplicaWatch>();
    }

    /// <summary>
    /// Announces what forms write outside operations: those for accounts, which belong to no organization.
    /// </summary>
    public static void UseReplicas(this WebApplication app)
    {
        var replicas = app.Services.GetRequiredService<ReplicaPool>();
        if (replicas.All.Count == 0)
            return;
        app.Use((http, next) =>
        {
            if (HttpMethods.IsPost(http.Request.Method) && http.GetRouteValue("org") is null
                && http.GetEndpoint()?.Metadata.GetMetadata<DashboardEndpoint>() is not null)
            {
                http.Response.OnStarting(async () =>
                {
                    if (!await replicas.AnnounceAsync(WritePositions.Everyone))
                        throw ApiError.Unavailable();
                });
            }

            return next(http);
        });
    }
}
