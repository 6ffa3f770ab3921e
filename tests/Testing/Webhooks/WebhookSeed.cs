namespace Equaticket.Testing.Webhooks;

/// <summary>Creates webhooks and the events they deliver.</summary>
public static class WebhookSeed
{
    /// <summary>The event types that purchases can cause.</summary>
    public static readonly string[] AllTypes =
        ["order.created", "order.refunded", "event.sold_out", "ticket.checked_in"];

    /// <summary>Settings that let webhooks reach loopback, as in development.</summary>
    public static IReadOnlyDictionary<string, string?> LoopbackSettings(
        string retrySchedule = "5s,5m,30m,2h,5h,10h,14h,20h,24h") => new Dictionary<string, string?>
        {
            ["Webhooks:ExemptHosts"] = "127.0.0.1",
            ["Webhooks:RetrySchedule"] = retrySchedule,
        };

    /// <returns>The response to its creation, with its id and secret.</returns>
    public static async Task<ApiResponse> CreateWebhookAsync(
        this ApiClient client, Uri url, params string[] events)
    {
        var response = await client.PostAsync(
            "/api/v1/webhooks", new { url, events = events.Length > 0 ? events : AllTypes });
        return response.Status == 201
            ? response
            : throw new InvalidOperationException($"{response.Status}: {response.Body}");
    }

    /// <summary>Sends a <c>webhook.ping</c> to a webhook.</summary>
    public static async Task<string> PingAsync(this ApiClient client, string webhookId)
    {
        var response = await client.PostAsync($"/api/v1/webhooks/{webhookId}/ping");
        return response.Status == 202
            ? response.Id
            : throw new InvalidOperationException($"{response.Status}: {response.Body}");
    }
}
