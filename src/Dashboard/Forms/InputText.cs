using System.Globalization;
using Equaticket.Schema.Money;

namespace Equaticket.Dashboard.Forms;

/// <summary>Formats times and amounts for input elements.</summary>
public static class InputText
{
    /// <returns>The UTC time without offset; seconds only if not zero.</returns>
    public static string? Of(DateTimeOffset? at) => at?.UtcDateTime.ToString(
        at.Value.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss.fff",
        CultureInfo.InvariantCulture);

    public static string Of(long amount, string currency) => MoneyText.Number(amount, currency);
}
