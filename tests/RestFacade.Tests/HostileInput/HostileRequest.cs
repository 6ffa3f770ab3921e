using System.Text;
using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>A request to a route; ids of existing rows appear in it as numbers.</summary>
/// <param name="Route">The route whose template is filled.</param>
/// <param name="Method">Mostly the route's.</param>
/// <param name="Slot">The index of the existing event.</param>
/// <param name="PathValues">For each parameter an escaped text, or null for what exists.</param>
/// <param name="Query">With its question mark, escaped; empty for none.</param>
/// <param name="Body">Null for none.</param>
/// <param name="Headers">In addition to the key. Latin-1 without line ends.</param>
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
    // Kestrel's default: method, target and version with the line end.
    private const int LongestRequestLine = 8192;

    /// <summary>
    /// The status by which Kestrel refuses a path before any of our code runs, or null where it
    /// does not; see WebServerRefusalsTests.
    /// </summary>
    public int? WebServerRefusal(string path)
    {
        if ($"{Method} {path} HTTP/1.1\r\n".Length > LongestRequestLine)
            return 414;
        return path.Split('?')[0].Contains("%00", StringComparison.Ordinal) ? 400 : null;
    }

    /// <summary>Which of the targets is meant: mostly one that the key may see.</summary>
    /// <param name="count">How many there are; the first half is live, the other of test mode.</param>
    public int Index(int count)
    {
        var (half, first) = (count / 2, Key == KeyChoice.Test ? count / 2 : 0);
        return Slot % 4 == 0 ? Slot % count : first + (Slot % half);
    }

    /// <summary>The path for the rows that exist.</summary>
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

    /// <summary>The placeholder in bodies for ids of existing rows.</summary>
    public static IReadOnlyDictionary<string, object> Ids { get; } = new Dictionary<string, object>
    {
        ["eventId"] = "EVENT_ID",
        ["ticketTypeId"] = "TICKET_TYPE_ID",
    };

    /// <summary>The body with ids of what is on sale in test mode, the only mode with ids in bodies.</summary>
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

/// <summary>
/// An event that exists, with a ticket type of it, and a sale and a webhook of the same mode.
/// </summary>
internal sealed record Target(
    string OrganizationSlug,
    string EventId,
    string TicketTypeId,
    string Slug,
    Sale Sale,
    WebhookSlot Hook,
    string ApiKeyId);

/// <summary>The webhook of a mode, which all its targets share; another one once it was removed.</summary>
internal sealed class WebhookSlot(TargetWebhook current)
{
    public TargetWebhook Current { get; set; } = current;
}

internal sealed record TargetWebhook(string WebhookId, string DeliveryId);
