using System.Globalization;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Decides when to retry a failed delivery.</summary>
public sealed class RetrySchedule
{
    private const double Jitter = 0.1;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly TimeSpan[] _delays;
    private readonly TimeSpan _longest;

    /// <param name="options">The options, already validated.</param>
    public RetrySchedule(IOptions<WebhookOptions> options)
    {
        _delays = [.. WebhookOptions.Items(options.Value.RetrySchedule)
            .Select(item => TryRead(item, out var delay) ? delay : throw new FormatException(item))];
        _longest = _delays.Append(TimeSpan.Zero).Max();
    }

    /// <summary>
    /// The delay before a retry. An endpoint that requests a longer delay gets it, up to the longest step. The number
    /// of attempts never increases.
    /// </summary>
    /// <param name="step">The number of attempts before the one that just failed.</param>
    /// <param name="chance">The position within the ±10% jitter, from 0 to 1.</param>
    /// <param name="retryAfter">The endpoint's requested delay; null for none.</param>
    /// <returns>The delay; null if no attempts are left.</returns>
    public TimeSpan? Delay(int step, double chance, TimeSpan? retryAfter)
    {
        if (step >= _delays.Length)
            return null;
        var delay = _delays[step] * (1 - Jitter + (2 * Jitter * chance));
        var asked = retryAfter ?? TimeSpan.Zero;
        return asked <= delay ? delay : asked < _longest ? asked : _longest;
    }

    /// <returns>
    /// Whether the text is a number followed by <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>, and at most 30 days.
    /// </returns>
    internal static bool TryRead(string text, out TimeSpan delay)
    {
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var milliseconds = unit switch
        {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            _ => double.NaN,
        };
        var isNumber = int.TryParse(
            text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number);
        var isDelay = isNumber && number * milliseconds <= Longest.TotalMilliseconds;
        delay = isDelay ? TimeSpan.FromMilliseconds(number * milliseconds) : TimeSpan.Zero;
        return isDelay;
    }
}
