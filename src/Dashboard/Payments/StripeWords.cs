using System.Globalization;
using System.Text.RegularExpressions;

namespace Equaticket.Dashboard.Payments;

/// <summary>Describes Stripe's account requirements in words.</summary>
public static partial class StripeWords
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["external_account"] = "A bank account for payouts",
        ["tos_acceptance.date"] = "Acceptance of Stripe's terms",
        ["tos_acceptance.ip"] = "Acceptance of Stripe's terms",
        ["business_profile.url"] = "The URL of your website",
        ["business_profile.mcc"] = "Your industry",
        ["business_type"] = "Whether you are a company or an individual",
        ["requirements.past_due"] = "information is overdue",
        ["requirements.pending_verification"] = "Stripe is checking your information",
        ["under_review"] = "Stripe is reviewing the account",
        ["listed"] = "Stripe is checking the account against lists of prohibited persons",
        ["rejected.fraud"] = "Stripe rejected the account because of suspected fraud",
        ["rejected.terms_of_service"] = "Stripe rejected the account because of its terms",
    };

    /// <param name="name">Stripe's name of the requirement: <c>individual.verification.document</c>.</param>
    public static string Of(string name)
    {
        if (Known.TryGetValue(name, out var words))
            return words;
        // A person or account id within the name means nothing to readers.
        var text = Separators().Replace(Ids().Replace(name, "person"), " ").Trim();
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(text[0])}{text[1..]}");
    }

    [GeneratedRegex("[._]+", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex("(person|acct|ba)_[A-Za-z0-9]+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Ids();
}
