namespace Equaticket.Host.Activity;

/// <summary>Wires the activity log into the host.</summary>
internal static class ActivityServices
{
    public static IServiceCollection AddActivityLog(this IServiceCollection services) =>
        services.AddSingleton<ActivityLog>()
            .AddHostedService<ActivityWriter>();
}
