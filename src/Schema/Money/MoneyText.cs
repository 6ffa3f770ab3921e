using System.Collections.Frozen;
using System.Globalization;

namespace Equaticket.Schema.Money;

/// <summary>Formats amounts for display: <c>25.00 USD</c>, <c>2500 JPY</c>, <c>2.500 KWD</c>.</summary>
public static class MoneyText
{
    private const int UsualDecimals = 2;

    /// <summary>More than any price, and small enough not to overflow.</summary>
    private const decimal MaxRead = 1_000_000_000_000;

    // ISO 4217, except mga: as at Stripe, its amounts are in whole ariary.
    private static readonly FrozenSet<string> WithoutDecimals =
        ("bif clp djf gnf isk jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf").Split(' ')
            .ToFrozenSet();

    private static readonly FrozenSet<string> WithThreeDecimals =
        FrozenSet.Create("bhd", "jod", "kwd", "omr", "tnd");

    /// <param name="amount">The amount, in the currency's smallest unit.</param>
    /// <param name="currency">A lowercase ISO 4217 code.</param>
    public static string Of(long amount, string currency) =>
        $"{Number(amount, currency)} {currency.ToUpperInvariant()}";

    /// <summary>Parses an amount as users type it: <c>25</c> or <c>25.00</c>, without the currency.</summary>
    /// <param name="text">The text to parse.</param>
    /// <param name="currency">A lowercase ISO 4217 code.</param>
    /// <param name="amount">The amount, in the currency's smallest unit.</param>
    /// <returns>False if the text is not an amount, or is more precise than the smallest unit.</returns>
    public static bool TryRead(string text, string currency, out long amount)
    {
        amount = 0;
        const NumberStyles style =
            NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) || number > MaxRead)
            return false;
        var units = number * (decimal)Math.Pow(10, Decimals(currency));
        amount = (long)units;
        return amount == units;
    }

    /// <summary>Same as <see cref="Of"/> but without the currency, for input fields.</summary>
    public static string Number(long amount, string currency)
    {
        var decimals = Decimals(currency);
        return (amount / (decimal)Math.Pow(10, decimals)).ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }

    private static int Decimals(string currency)
    {
        if (WithoutDecimals.Contains(currency))
            return 0;
        return WithThreeDecimals.Contains(currency) ? 3 : UsualDecimals;
    }
}
