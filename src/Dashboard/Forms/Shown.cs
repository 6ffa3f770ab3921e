using System.Globalization;
using Equaticket.Engine.Scalars;
using Equaticket.Schema.Money;
using Microsoft.AspNetCore.Html;

namespace Equaticket.Dashboard.Forms;

/// <summary>
/// Times and amounts as pages show them: <c>@Shown.Time(row["createdAt"].Time)</c>. A list has hundreds of them, so they
/// aren't tag helpers, which cost more.
/// </summary>
public static class Shown
{
    /// <param name="at">The time, shown in UTC; null for none.</param>
    /// <param name="none">The text shown if there is no time.</param>
    /// <param name="seconds">Whether seconds are shown.</param>
    public static IHtmlContent Time(DateTimeOffset? at, string none = "–", bool seconds = false)
    {
        if (at is not { } time)
            return new HtmlString($"<span>{none}</span>");
        var text = time.UtcDateTime.ToString(
            seconds ? "d MMM yyyy, HH:mm:ss" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        return new HtmlString($"<time datetime=\"{Rfc3339.Write(time)}\">{text}</time>");
    }

    /// <param name="amount">The amount in the currency's smallest unit.</param>
    /// <param name="currency">The currency, as a lowercase ISO 4217 code.</param>
    public static IHtmlContent Money(long amount, string currency) =>
        new HtmlString($"<span class=\"nowrap\">{MoneyText.Of(amount, currency)}</span>");
}
