using Equaticket.Http;
using Equaticket.Schema.Payments;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Stripe;

/// <summary>Wires Stripe into the host.</summary>
internal static class StripeServices
{
    private const string Path = "/api/stripe/webhook";

    public static IServiceCollection AddStripe(this IServiceCollection services)
    {
        services.AddOptions<StripeOptions>()
            .BindConfiguration(StripeOptions.Section)
            .ValidateOnStart();
        return services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptionsRules>();
    }

    public static IServiceCollection AddStripeWebhook(this IServiceCollection services) =>
        services.AddSingleton<StripeWebhook>().AddHostedService<StripeStartNotice>();

    public static void MapStripeWebhook(this IEndpointRouteBuilder endpoints)
    {
        var webhook = endpoints.ServiceProvider.GetRequiredService<StripeWebhook>();
        endpoints.MapPost(Path, webhook.HandleAsync);
        endpoints.Map(Path, http => http.RefuseMethodAsync("POST"));
    }
}
