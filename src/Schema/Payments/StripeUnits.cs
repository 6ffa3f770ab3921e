using System.Collections.Frozen;

namespace Equaticket.Schema.Payments;

/// <summary>
/// Converts amounts for currencies that Stripe does not count in their smallest unit, and provides Stripe's charge
/// limits (Stripe, "Supported currencies": zero-decimal and three-decimal currencies, special cases, minimum charge
/// amounts).
/// </summary>
public static class StripeUnits
{
    /// <summary>The maximum charge, in Stripe's units.</summary>
    private const long MaxCharge = 99_999_999;

    /// <summary>Currencies without decimals that Stripe nevertheless counts in hundredths.</summary>
    private static readonly FrozenSet<string> InHundredths = FrozenSet.Create("isk", "ugx");

    /// <summary>Currencies with three decimals, of which the last must be 0.</summary>
    private static readonly FrozenSet<string> InTens =
        FrozenSet.Create("bhd", "jod", "kwd", "omr", "tnd");

    private static readonly FrozenDictionary<string, long> Minimums = new Dictionary<string, long>
    {
        ["usd"] = 50,
        ["aed"] = 200,
        ["aud"] = 50,
        ["bgn"] = 100,
        ["brl"] = 50,
        ["cad"] = 50,
        ["chf"] = 50,
        ["czk"] = 1500,
        ["dkk"] = 250,
        ["eur"] = 50,
        ["gbp"] = 30,
        ["hkd"] = 400,
        ["huf"] = 17500,
        ["inr"] = 50,
        ["jpy"] = 50,
        ["mxn"] = 1000,
        ["myr"] = 200,
        ["nok"] = 300,
        ["nzd"] = 50,
        ["pln"] = 200,
        ["ron"] = 200,
        ["sek"] = 300,
        ["sgd"] = 50,
        ["thb"] = 1000,
    }.ToFrozenDictionary();

    /// <summary>The minimum total above 0 that can be charged, in the smallest unit.</summary>
    public static long Minimum(string currency) =>
        Minimums.GetValueOrDefault(currency, Step(currency));

    /// <summary>The maximum total that can be charged, in the smallest unit.</summary>
    public static long Maximum(string currency)
    {
        var most = InHundredths.Contains(currency) ? MaxCharge / 100 : MaxCharge;
        return most - (most % Step(currency));
    }

    /// <summary>Every amount in the currency must be a multiple of this.</summary>
    public static int Step(string currency) => InTens.Contains(currency) ? 10 : 1;

    /// <summary>Converts an amount in the smallest unit to Stripe's units.</summary>
    public static long ToStripe(long amount, string currency) =>
        InHundredths.Contains(currency) ? amount * 100 : amount;

    /// <summary>Converts Stripe's amount to the smallest unit; null if the result is not a whole number.</summary>
    public static long? FromStripe(long amount, string currency)
    {
        if (!InHundredths.Contains(currency))
            return amount;
        return amount % 100 == 0 ? amount / 100 : null;
    }
}
