using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equaticket.Testing.Stripe;

/// <summary>
/// A fake Stripe on loopback. It validates requests strictly, stores payments, refunds and
/// accounts like Stripe, and fails as configured.
/// </summary>
public sealed class StripeStandIn : IAsyncDisposable
{
    public const string TestKey = "sk_test_standin";
    public const string LiveKey = "sk_live_standin";
    public const string TestWebhookSecret = "whsec_standin_test";
    public const string LiveWebhookSecret = "whsec_standin_live";

    private readonly WebApplication _app;
    private readonly StripeRoutes _routes;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredAnswer> _answers = [];
    private readonly Queue<StripeFault> _faults = [];

    private StripeStandIn(WebApplication app)
    {
        _app = app;
        _routes = new StripeRoutes(Objects);
    }

    public StripeObjects Objects { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The requests received, oldest first.</summary>
    public ConcurrentQueue<StripeRequest> Requests { get; } = [];

    /// <summary>The settings of a host that uses it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Stripe:ApiBase"] = Address.ToString(),
        ["Stripe:Test:SecretKey"] = TestKey,
        ["Stripe:Test:PublishableKey"] = "pk_test_standin",
        ["Stripe:Test:WebhookSecret"] = TestWebhookSecret,
        ["Stripe:Live:SecretKey"] = LiveKey,
        ["Stripe:Live:PublishableKey"] = "pk_live_standin",
        ["Stripe:Live:WebhookSecret"] = LiveWebhookSecret,
    };

    public static async Task<StripeStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var standIn = new StripeStandIn(app);
        app.Run(standIn.HandleAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>Makes the next requests fail, one failure each.</summary>
    public void Fail(params StripeFault[] faults)
    {
        lock (_lock)
        {
            foreach (var fault in faults)
                _faults.Enqueue(fault);
        }
    }

    /// <summary>Discards the remaining failures.</summary>
    public void Recover()
    {
        lock (_lock)
            _faults.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var request = await StripeRequest.ReadAsync(http.Request);
        StripeFault? fault;
        StoredAnswer answer;
        lock (_lock)
        {
            Requests.Enqueue(request);
            fault = _faults.TryDequeue(out var next) ? next : null;
            answer = fault is { Acts: false } ? fault.Answer! : Answer(request);
        }

        if (fault is { Gate: { } gate })
            await gate.Task;
        if (fault is { Answer: null, Gate: null })
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        // Tests control retries: the client must not retry on its own.
        http.Response.Headers["Stripe-Should-Retry"] = "false";
        await http.Response.WriteAsJsonAsync(answer.Body);
    }

    /// <summary>Returns the same response for the same key, and an error if the parameters differ.</summary>
    private StoredAnswer Answer(StripeRequest request)
    {
        if (request.Fault() is { } refused)
            return refused;
        if (request.Method != "POST")
            return _routes.Answer(request);
        var key = $"{request.Account}/{request.IdempotencyKey}";
        if (_answers.TryGetValue(key, out var stored))
        {
            return stored.Parameters == request.Parameters
                ? stored
                : StoredAnswer.Error(
                    400, "idempotency_error", "Keys for idempotent requests can only be used with "
                    + "the same parameters they were first used with.");
        }

        var answer = _routes.Answer(request) with { Parameters = request.Parameters };
        _answers.Add(key, answer);
        return answer;
    }
}

/// <summary>A way for a request to fail.</summary>
/// <param name="Acts">Whether the request takes effect anyway.</param>
/// <param name="Answer">The response sent instead; null drops the connection, unless there is a gate.</param>
public sealed record StripeFault(bool Acts, StoredAnswer? Answer)
{
    public static StripeFault DropAfterActing { get; } = new(true, null);

    public static StripeFault ServerError { get; } =
        new(false, StoredAnswer.Error(500, "api_error", "Something went wrong on our end."));

    public static StripeFault RateLimited { get; } =
        new(false, StoredAnswer.Error(429, "invalid_request_error", "Too many requests."));

    public static StripeFault Declined { get; } =
        new(false, StoredAnswer.Error(402, "card_error", "Your card was declined."));

    public static StripeFault BadRequest { get; } =
        new(false, StoredAnswer.Error(400, "invalid_request_error", "This account is restricted."));

    /// <summary>Delays the response until the gate opens.</summary>
    public TaskCompletionSource? Gate { get; init; }

    /// <summary>Takes effect, but responds only when the test opens the gate.</summary>
    public static StripeFault Slow() => new(true, null)
    {
        Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
    };
}

/// <summary>A response, returned again for the same idempotency key.</summary>
public sealed record StoredAnswer(int Status, JsonNode Body)
{
    public string? Parameters { get; init; }

    public static StoredAnswer Error(int status, string type, string message, string? code = null) =>
        new(status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = type,
                ["message"] = message,
                ["code"] = code,
            },
        });
}
