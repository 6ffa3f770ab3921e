using System.Globalization;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>When a delivery that failed is attempted again.</summary>
public sealed class RetrySchedule
{
    private const double Jitter = 0.1;

    private readonly TimeSpan[] _delays;
    private readonly TimeSpan _longest;

    /// <exception cref="FormatException">The setting holds no list of durations.</exception>
    public RetrySchedule(IOptions<WebhookOptions> options)
    {
        _delays = [.. options.Value.RetrySchedule
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Read)];
        _longest = _delays.Append(TimeSpan.Zero).Max();
    }

    /// <summary>
    /// How long to wait. An endpoint that asks for more time gets it, up to the longest step: attempts
    /// are never added for it.
    /// </summary>
    /// <param name="step">How many attempts were made before the one that has just failed.</param>
    /// <param name="chance">From 0 to 1: where in the tenth more or less the wait lies.</param>
    /// <param name="retryAfter">What the endpoint asked for; null when it asked for nothing.</param>
    /// <returns>Null when no attempt is left.</returns>
    public TimeSpan? Delay(int step, double chance, TimeSpan? retryAfter)
    {
        if (step >= _delays.Length)
            return null;
        var delay = _delays[step] * (1 - Jitter + (2 * Jitter * chance));
        var asked = retryAfter ?? TimeSpan.Zero;
        return asked <= delay ? delay : asked < _longest ? asked : _longest;
    }

    private static TimeSpan Read(string text)
    {
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return int.TryParse(
            text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                "h" => TimeSpan.FromHours(number),
                _ => throw Refusal(text),
            }
            : throw Refusal(text);
    }

    private static FormatException Refusal(string text) => new(
        $"Webhooks__RetrySchedule: '{text}' is not a duration such as 5s, 30m or 2h.");
}
