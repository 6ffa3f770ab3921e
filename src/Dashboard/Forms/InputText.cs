using System.Globalization;
using Equaticket.Schema.Money;

namespace Equaticket.Dashboard.Forms;

/// <summary>Times and amounts as inputs hold them.</summary>
public static class InputText
{
    /// <returns>In UTC, without an offset; to the minute where it is on the minute.</returns>
    public static string? Of(DateTimeOffset? at) => at?.UtcDateTime.ToString(
        at.Value.Ticks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss.fff",
        CultureInfo.InvariantCulture);

    public static string Of(long amount, string currency) => MoneyText.Number(amount, currency);
}
