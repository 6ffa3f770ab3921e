using System.Globalization;
using Equaticket.Dashboard.Operations;

namespace Equaticket.Dashboard.Webhooks;

/// <summary>Describes the success rate of recent deliveries of a webhook.</summary>
public static class DeliveryRate
{
    /// <param name="counts">A <c>DeliveryCounts</c>.</param>
    public static string Of(ResultNode counts)
    {
        var (succeeded, failed, pending) =
            (counts["succeeded"].Number, counts["failed"].Number, counts["pending"].Number);
        var ended = succeeded + failed;
        // Rounded down, so that 100% means that every delivery succeeded.
        var rate = ended == 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $"{100 * succeeded / ended}% of {ended:N0} succeeded");
        return (rate, pending) switch
        {
            (null, 0) => "no deliveries",
            (null, _) => string.Create(CultureInfo.InvariantCulture, $"{pending:N0} pending"),
            (_, 0) => rate,
            _ => string.Create(CultureInfo.InvariantCulture, $"{rate}, {pending:N0} pending"),
        };
    }
}
