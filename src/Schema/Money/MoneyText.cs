using System.Collections.Frozen;
using System.Globalization;

namespace Equaticket.Schema.Money;

/// <summary>Amounts formatted for people: <c>25.00 USD</c>, <c>2500 JPY</c>, <c>2.500 KWD</c>.</summary>
public static class MoneyText
{
    private const int UsualDecimals = 2;

    // ISO 4217, except mga, whose amounts count whole ariary (as at Stripe).
    private static readonly FrozenSet<string> WithoutDecimals =
        ("bif clp djf gnf isk jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf").Split(' ')
            .ToFrozenSet();

    private static readonly FrozenSet<string> WithThreeDecimals =
        FrozenSet.Create("bhd", "jod", "kwd", "omr", "tnd");

    /// <param name="amount">In the currency's smallest unit.</param>
    /// <param name="currency">ISO 4217 in lower case.</param>
    public static string Of(long amount, string currency)
    {
        var decimals = Decimals(currency);
        var number = (amount / (decimal)Math.Pow(10, decimals))
            .ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return $"{number} {currency.ToUpperInvariant()}";
    }

    private static int Decimals(string currency)
    {
        if (WithoutDecimals.Contains(currency))
            return 0;
        return WithThreeDecimals.Contains(currency) ? 3 : UsualDecimals;
    }
}
