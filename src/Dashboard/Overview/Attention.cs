using System.Globalization;
using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Overview;

/// <summary>Something that requires a user's attention, and the page where they can act on it.</summary>
/// <param name="Path">The page, relative to organization and mode.</param>
/// <param name="Title">The affected resource or area.</param>
/// <param name="Detail">The problem.</param>
public sealed record Attention(string Path, string Title, string Detail)
{
    /// <param name="sales">The result of <c>OverviewSales</c>, or null.</param>
    /// <param name="settings">The result of <c>OverviewSettings</c>, or null.</param>
    /// <returns>Current problems first, then upcoming ones.</returns>
    public static IReadOnlyList<Attention> Of(ResultNode sales, ResultNode settings) =>
    [
        .. settings["webhooks"]["nodes"].Items.Select(OfWebhook).OfType<Attention>(),
        .. settings["apiKeys"]["nodes"].Items.OrderBy(key => key["expiresAt"].Time).Select(key => new Attention(
            $"settings/developer/api-keys/{key["id"]}", $"API key {key["name"]} …{key["lastFour"]}",
            $"expires on {Date(key["expiresAt"])}.")),
        .. OfStripe(settings["stripeAccount"]),
        .. sales["eventsWithoutSales"]["nodes"].Items.OrderBy(row => row["startsAt"].Time).Select(row => new Attention(
            $"events/{row["id"]}", row["title"].Text,
            $"starts on {Date(row["startsAt"])}, but no ticket type is on sale.")),
    ];

    private static Attention? OfWebhook(ResultNode webhook)
    {
        var path = $"settings/developer/webhooks/{webhook["id"]}";
        if (webhook["status"].Text == "disabled")
            return new(path, webhook["url"].Text, $"is disabled. {webhook["disabledReason"]}".TrimEnd());
        return webhook["failingSince"].IsNull
            ? null
            : new(path, webhook["url"].Text, $"has been failing since {Date(webhook["failingSince"])}.");
    }

    private static IEnumerable<Attention> OfStripe(ResultNode account)
    {
        const string path = "settings/payments";
        if (account["accountId"].IsNull)
            yield break;
        var due = account["requirementsDue"].Items.Count();
        if (due > 0)
        {
            var by = account["requirementsDueBy"].IsNull ? "" : $" by {Date(account["requirementsDueBy"])}";
            yield return new(path, "Stripe", $"needs {(due == 1 ? "one more detail" : $"{due} more details")}{by}.");
        }
        else if (!account["disabledReason"].IsNull)
        {
            yield return new(path, "Stripe", "has restricted your account.");
        }
        else if (!account["chargesEnabled"].IsTrue)
        {
            yield return new(path, "Stripe", "does not accept payments for you yet.");
        }
    }

    private static string Date(ResultNode time) =>
        time.Time!.Value.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
