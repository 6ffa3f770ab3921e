using System.Text;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>A request to a route, in which numbers stand for the ids of existing rows.</summary>
/// <param name="Route">The route whose template is filled.</param>
/// <param name="Method">The method; usually that of the route.</param>
/// <param name="Slot">The index of the existing event.</param>
/// <param name="PathValues">For each parameter, an escaped text, or null to use an existing id.</param>
/// <param name="Query">The escaped query string with its question mark; empty for none.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Headers">The headers in addition to the key, in Latin-1 without line breaks.</param>
/// <param name="Key">The caller.</param>
internal sealed record HostileRequest(
    ApiRoute Route,
    string Method,
    int Slot,
    string?[] PathValues,
    string Query,
    byte[]? Body,
    (string Name, string Value)[] Headers,
    KeyChoice Key)
{
    // Kestrel's default limit, which includes the method, the target, the version, and the line break.
    private const int LongestRequestLine = 8192;

    /// <summary>
    /// The status with which Kestrel refuses a path before the product's code runs, or null if it accepts the path. See
    /// WebServerRefusalsTests.
    /// </summary>
    public int? WebServerRefusal(string path)
    {
        if ($"{Method} {path} HTTP/1.1\r\n".Length > LongestRequestLine)
            return 414;
        return path.Split('?')[0].Contains("%00", StringComparison.Ordinal) ? 400 : null;
    }

    /// <summary>The index of the target: usually one that the key may see.</summary>
    /// <param name="count">The number of targets. The first half is live, the second half in test mode.</param>
    public int Index(int count)
    {
        var (half, first) = (count / 2, Key == KeyChoice.Test ? count / 2 : 0);
        return Slot % 4 == 0 ? Slot % count : first + (Slot % half);
    }

    /// <summary>The path with the ids of existing rows.</summary>
    public string Path(IReadOnlyList<Target> targets)
    {
        var target = targets[Index(targets.Count)];
        var path = new StringBuilder();
        var (number, before) = (0, "");
        foreach (var segment in Route.Template.Split('/').Skip(1))
        {
            path.Append('/').Append(segment[0] == '{'
                ? PathValues[number++] ?? Existing(before, target)
                : segment);
            before = segment;
        }

        return path + Query.Replace("ORG_SLUG", target.OrganizationSlug, StringComparison.Ordinal);
    }

    /// <summary>The placeholders in bodies for the ids of existing rows.</summary>
    public static IReadOnlyDictionary<string, object> Ids { get; } = new Dictionary<string, object>
    {
        ["eventId"] = "EVENT_ID",
        ["ticketTypeId"] = "TICKET_TYPE_ID",
    };

    /// <summary>The body with the ids of a sale in test mode, the only mode with ids in bodies.</summary>
    public byte[]? BodyFor(Sale testSale) =>
        Body is null ? null : Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Body)
            .Replace("TICKET_TYPE_ID", testSale.TicketTypeId, StringComparison.Ordinal)
            .Replace("EVENT_ID", testSale.EventId, StringComparison.Ordinal));

    private string Existing(string collection, Target target) => collection switch
    {
        "events" => Route.IsPublic ? target.Slug : target.EventId,
        "ticket-types" => target.TicketTypeId,
        "orders" => target.Sale.OrderId,
        "attendees" => target.Sale.AttendeeId,
        "api-keys" => target.ApiKeyId,
        "webhooks" => target.Hook.Current.WebhookId,
        "deliveries" => target.Hook.Current.DeliveryId,
        _ => throw new InvalidOperationException($"Teach this test what {collection} there are."),
    };

    public override string ToString() => $"""
        {Method} {Route.Template} [{Slot}] path: {string.Join(" | ", PathValues)} query: {Query}
        key: {Key} headers: {string.Join(" | ", Headers.Select(h => $"{h.Name}: {h.Value}"))}
        body: {(Body is null ? "none" : Encoding.Latin1.GetString(Body))}
        """;
}

internal enum KeyChoice
{
    Live,
    Test,
    ReadOnly,
    None,
}

/// <summary>An existing event with one of its ticket types, and a sale and a webhook of the same mode.</summary>
internal sealed record Target(
    string OrganizationSlug,
    string EventId,
    string TicketTypeId,
    string Slug,
    Sale Sale,
    WebhookSlot Hook,
    string ApiKeyId);

/// <summary>The webhook that all targets of a mode share. It is replaced when it is deleted.</summary>
internal sealed class WebhookSlot(TargetWebhook current)
{
    public TargetWebhook Current { get; set; } = current;
}

internal sealed record TargetWebhook(string WebhookId, string DeliveryId);
