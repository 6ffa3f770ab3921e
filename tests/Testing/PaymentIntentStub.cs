using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equaticket.Testing;

/// <summary>
/// Gives a PaymentIntent, which nobody pays, to whoever asks; the same one for the same idempotency
/// key. For tests of what is held meanwhile.
/// </summary>
public sealed class PaymentIntentStub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PaymentIntentStub(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<PaymentIntentStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/payment_intents", (HttpRequest request) => Results.Json(new
        {
            id = $"pi_{request.Headers["Idempotency-Key"]}",
            @object = "payment_intent",
            client_secret = $"pi_{request.Headers["Idempotency-Key"]}_secret",
            status = "requires_payment_method",
        }));
        await app.StartAsync();
        return new PaymentIntentStub(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
