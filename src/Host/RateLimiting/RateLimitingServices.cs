using Equaticket.Dashboard.Account;
using Equaticket.Dashboard.Storefront;
using Equaticket.Host.Hosting;
using Equaticket.Schema.Organizations;
using StackExchange.Redis;

namespace Equaticket.Host.RateLimiting;

/// <summary>Registers the rate limits.</summary>
internal static class RateLimitingServices
{
    /// <summary>Default timeouts in milliseconds, which the setting can override.</summary>
    private const string Timeouts = "asyncTimeout=500,connectTimeout=1000";

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RateLimitOptions>()
            .Bind(builder.Configuration.GetSection(RateLimitOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Plans.Values.All(limit => limit > 0),
                "RateLimits__Plans__… must be 1 or more.")
            .ValidateOnStart();
        services.AddSingleton<RateLimiter>();
        services.AddSingleton<ISignInLimit>(provider => provider.GetRequiredService<RateLimiter>());
        services.AddSingleton<IBuyerLimits>(provider => provider.GetRequiredService<RateLimiter>());
        services.AddSingleton<IRequestLimits>(provider => provider.GetRequiredService<RateLimiter>());
        services.AddSingleton<MemoryWindowCounter>();
        services.AddSingleton<IWindowCounter>(provider =>
            ReadRedis(builder.Configuration) is { } redis
                ? ActivatorUtilities.CreateInstance<RedisWindowCounter>(provider, Connect(redis))
                : provider.GetRequiredService<MemoryWindowCounter>());
    }

    /// <exception cref="ConfigurationException">The setting is invalid; its text is not repeated, because it may
    /// contain a password.</exception>
    private static ConfigurationOptions? ReadRedis(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Redis") is not { Length: > 0 } text)
            return null;
        try
        {
            var options = ConfigurationOptions.Parse($"{Timeouts},{text}");
            if (options.EndPoints.Count > 0)
                return options;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            // Rejected below, without repeating its text.
        }

        throw new ConfigurationException(
            "ConnectionStrings__Redis is invalid. Write it as redis.internal:6379,password=….");
    }

    /// <remarks>Without a connection, commands fail immediately instead of waiting for one.</remarks>
    private static ConnectionMultiplexer Connect(ConfigurationOptions options)
    {
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        return ConnectionMultiplexer.Connect(options);
    }
}
