using Equaticket.Dashboard.Account;
using Equaticket.Schema.Organizations;
using StackExchange.Redis;

namespace Equaticket.Host.RateLimiting;

/// <summary>Wires the rate limits into the host.</summary>
internal static class RateLimitingServices
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RateLimitOptions>()
            .Bind(builder.Configuration.GetSection(RateLimitOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Plans.Values.All(limit => limit > 0),
                "RateLimits:Plans must be above 0.")
            .ValidateOnStart();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<ISignInLimit>(provider => provider.GetRequiredService<RateLimiter>());
        services.AddSingleton<IRequestLimits>(provider => provider.GetRequiredService<RateLimiter>());
        services.AddSingleton<MemoryWindowCounter>();
        services.AddSingleton<IWindowCounter>(provider =>
            builder.Configuration.GetConnectionString("Redis") is { Length: > 0 } redis
                ? ActivatorUtilities.CreateInstance<RedisWindowCounter>(provider, Connect(redis))
                : provider.GetRequiredService<MemoryWindowCounter>());
    }

    /// <remarks>Without a connection, a command fails immediately instead of waiting for one.</remarks>
    private static ConnectionMultiplexer Connect(string configuration)
    {
        var options = ConfigurationOptions.Parse(configuration);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = 500;
        options.ConnectTimeout = 1_000;
        return ConnectionMultiplexer.Connect(options);
    }
}
