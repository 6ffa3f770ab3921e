namespace Equaticket.RestFacade.Routing;

/// <summary>The REST API at a glance. Scopes are declared in the schema, not here.</summary>
public static class RouteTable
{
    public static IReadOnlyList<ApiRoute> Routes { get; } =
    [
        new("GET", "/api/v1/events", "ListEvents"),
        new("POST", "/api/v1/events", "CreateEvent", 201),
        new("GET", "/api/v1/events/{id}", "GetEvent"),
        new("PATCH", "/api/v1/events/{id}", "UpdateEvent"),
        new("POST", "/api/v1/events/{id}/publish", "PublishEvent"),
        new("POST", "/api/v1/events/{id}/cancel", "CancelEvent"),

        new("GET", "/api/v1/events/{id}/ticket-types", "ListTicketTypes"),
        new("POST", "/api/v1/events/{id}/ticket-types", "CreateTicketType", 201),
        new("GET", "/api/v1/events/{id}/ticket-types/{ticket_type_id}", "GetTicketType"),
        new("PATCH", "/api/v1/events/{id}/ticket-types/{ticket_type_id}", "UpdateTicketType"),
        new("DELETE", "/api/v1/events/{id}/ticket-types/{ticket_type_id}", "DeleteTicketType", 204),

        new("GET", "/api/v1/orders", "ListOrders"),
        new("GET", "/api/v1/events/{id}/orders", "ListEventOrders"),
        new("GET", "/api/v1/orders/{id}", "GetOrder"),

        new("GET", "/api/v1/attendees", "ListAttendees"),
        new("GET", "/api/v1/events/{id}/attendees", "ListEventAttendees"),
        new("GET", "/api/v1/attendees/{id}", "GetAttendee"),

        new("POST", "/api/v1/test-helpers/orders", "SimulateOrder", 201)
        {
            Collection = "/api/v1/orders",
        },
        new("POST", "/api/v1/test-helpers/orders/{id}/refund", "SimulateRefund"),
        new("POST", "/api/v1/test-helpers/attendees/{id}/check-in", "SimulateCheckIn"),

        new("GET", "/api/v1/webhooks", "ListWebhooks"),
        new("POST", "/api/v1/webhooks", "CreateWebhook", 201),
        new("GET", "/api/v1/webhooks/{id}", "GetWebhook"),
        new("PATCH", "/api/v1/webhooks/{id}", "UpdateWebhook"),
        new("DELETE", "/api/v1/webhooks/{id}", "DeleteWebhook", 204),
        new("POST", "/api/v1/webhooks/{id}/rotate-secret", "RotateWebhookSecret"),
        new("POST", "/api/v1/webhooks/{id}/ping", "PingWebhook", 202),
        new("GET", "/api/v1/webhooks/{id}/deliveries", "ListWebhookDeliveries"),
        new("GET", "/api/v1/webhooks/{id}/deliveries/{delivery_id}", "GetWebhookDelivery"),
        new("POST", "/api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver", "RedeliverWebhook", 202),
        new("POST", "/api/v1/webhooks/{id}/redeliver-failed", "RedeliverFailedWebhooks", 202),

        new("GET", "/api/settings/api-keys", "ListApiKeys"),
        new("POST", "/api/settings/api-keys", "CreateApiKey", 201),
        new("DELETE", "/api/settings/api-keys/{id}", "RevokeApiKey", 204),
        new("POST", "/api/settings/api-keys/{id}/roll", "RollApiKey"),
        new("GET", "/api/settings/api-keys/{id}/activity", "ListApiKeyActivity"),
        new("POST", "/api/settings/api-keys/reset-test-data", "ResetTestData"),
        new("GET", "/api/settings/api-terms", "GetApiTerms"),
        new("POST", "/api/settings/api-terms", "AcceptApiTerms"),

        new("GET", "/api/v1/public/events", "ListPublicEvents") { IsPublic = true },
        new("GET", "/api/v1/public/events/{event_slug}", "GetPublicEvent") { IsPublic = true },
    ];
}

/// <summary>One documented route: a method and a path that run one GraphQL operation.</summary>
/// <param name="Method">GET (which includes HEAD), POST, PATCH or DELETE.</param>
/// <param name="Template">The path; its parameters have the names of the operation's variables.</param>
/// <param name="Operation">The operation, and the name of its file.</param>
/// <param name="Status">The HTTP status on success; 201 sets <c>Location</c>, 204 has no body.</param>
public sealed record ApiRoute(string Method, string Template, string Operation, int Status = 200)
{
    /// <summary>Whether anyone may call it, from any web page.</summary>
    public bool IsPublic { get; init; }

    /// <summary>The base path of created resources, unless it is the route itself.</summary>
    public string? Collection { get; init; }

    /// <summary>Whether it is a dashboard route, which signed-in users may call.</summary>
    public bool IsOfDashboard => Template.StartsWith("/api/settings/", StringComparison.Ordinal);

    /// <summary>Whether its response has a body.</summary>
    public bool HasBody => Status != 204;
}
