using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equaticket.Dashboard.Operations;
using Equaticket.Schema.Money;

namespace Equaticket.Dashboard.Storefront;

/// <summary>The metadata of an event for search engines and link previews.</summary>
public static partial class EventData
{
    private const string Vocabulary = "https://schema.org";
    private const int PreviewLength = 200;

    /// <returns>A short description on one line.</returns>
    public static string Preview(ResultNode row)
    {
        var text = Spaces().Replace(row["description"].Or(""), " ").Trim();
        if (text.Length == 0)
            text = string.Join(" · ", new[] { EventTimes.When(row), row["venueName"].Text }.Where(part => part != ""));
        var start = string.Concat(text.EnumerateRunes().Take(PreviewLength));
        return start == text ? text : $"{start.TrimEnd()}…";
    }

    /// <returns>
    /// JSON-LD of type <c>Event</c>. The serializer escapes every <c>&lt;</c>, so that no text can close the
    /// surrounding element.
    /// </returns>
    public static string JsonLd(ResultNode row)
    {
        var status = row["status"].Text == "cancelled" ? "EventCancelled" : "EventScheduled";
        var data = new JsonObject
        {
            ["@context"] = Vocabulary,
            ["@type"] = "Event",
            ["name"] = row["title"].Text,
            ["url"] = row["url"].Text,
            ["startDate"] = EventTimes.WithOffset(row["startsAt"], row),
            ["endDate"] = EventTimes.WithOffset(row["endsAt"], row),
            ["eventStatus"] = $"{Vocabulary}/{status}",
            ["description"] = row["description"].IsNull ? null : row["description"].Text,
            ["location"] = Place(row),
            ["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = row["orgName"].Text },
            ["offers"] = new JsonArray([.. row["ticketTypes"].Items.Select(type => Offer(type, row))]),
        };
        foreach (var (name, _) in data.Where(member => member.Value is null).ToList())
            data.Remove(name);
        return data.ToJsonString();
    }

    private static JsonObject? Place(ResultNode row) => row["venueName"].IsNull && row["venueAddress"].IsNull
        ? null
        : new JsonObject
        {
            ["@type"] = "Place",
            ["name"] = row["venueName"].Or(row["venueAddress"].Text),
            ["address"] = row["venueAddress"].Or(row["venueName"].Text),
        };

    private static JsonObject Offer(ResultNode type, ResultNode row)
    {
        var offer = new JsonObject
        {
            ["@type"] = "Offer",
            ["name"] = type["name"].Text,
            ["url"] = row["url"].Text,
            ["price"] = MoneyText.Number(type["price"].Number, type["currency"].Text),
            ["priceCurrency"] = type["currency"].Text.ToUpperInvariant(),
            ["availability"] = $"{Vocabulary}/{Availability(type["status"].Text)}",
        };
        if (!type["salesStartAt"].IsNull)
            offer["validFrom"] = EventTimes.WithOffset(type["salesStartAt"], row);
        return offer;
    }

    private static string Availability(string status) => status switch
    {
        "on_sale" => "InStock",
        "scheduled" => "PreOrder",
        "sold_out" => "SoldOut",
        _ => "Discontinued",
    };

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
