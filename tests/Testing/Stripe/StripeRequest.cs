using Microsoft.AspNetCore.Http;

namespace Equaticket.Testing.Stripe;

/// <summary>A request received by the fake Stripe.</summary>
public sealed record StripeRequest(
    string Method,
    string Path,
    string? Authorization,
    string? Account,
    string? IdempotencyKey,
    IReadOnlyDictionary<string, string> Fields)
{
    public bool Livemode => Authorization == $"Bearer {StripeStandIn.LiveKey}";

    /// <summary>Everything that must be the same when an idempotency key is reused.</summary>
    public string Parameters => string.Join(
        '&', Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}").Prepend(Path));

    public static async Task<StripeRequest> ReadAsync(HttpRequest request)
    {
        var fields = request.HasFormContentType
            ? (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString())
            : request.Query.ToDictionary(f => f.Key, f => f.Value.ToString());
        return new StripeRequest(
            request.Method,
            request.Path,
            Header("Authorization"),
            Header("Stripe-Account"),
            Header("Idempotency-Key"),
            fields);

        string? Header(string name) => request.Headers[name] is [{ } value] ? value : null;
    }

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    /// <returns>The members of a map, such as <c>metadata[order_id]</c>.</returns>
    public Dictionary<string, string> Map(string name) => Fields
        .Where(field => field.Key.StartsWith($"{name}[", StringComparison.Ordinal))
        .ToDictionary(field => field.Key[(name.Length + 1)..^1], field => field.Value);

    /// <returns>The error, regardless of the request's content, or null.</returns>
    public StoredAnswer? Fault()
    {
        if (Authorization is not ($"Bearer {StripeStandIn.TestKey}" or $"Bearer {StripeStandIn.LiveKey}"))
            return StoredAnswer.Error(401, "invalid_request_error", "Invalid API Key provided.");
        if (Method == "POST" && IdempotencyKey is null)
            return StoredAnswer.Error(400, "invalid_request_error", "No Idempotency-Key.");
        var isPlatform = Path.StartsWith("/v1/account", StringComparison.Ordinal);
        return isPlatform == (Account is null)
            ? null
            : StoredAnswer.Error(
                400, "invalid_request_error", "Stripe-Account is missing, or does not belong here.");
    }

    /// <returns>An error if the request has fields that the route does not support.</returns>
    public StoredAnswer? Unknown(params string[] known)
    {
        var stranger = Fields.Keys.FirstOrDefault(
            name => !known.Contains(name.Split('[')[0], StringComparer.Ordinal));
        return stranger is null
            ? null
            : StoredAnswer.Error(
                400, "invalid_request_error", $"Received unknown parameter: {stranger}",
                "parameter_unknown");
    }
}
