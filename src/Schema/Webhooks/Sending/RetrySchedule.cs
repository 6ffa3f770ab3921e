using System.Globalization;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>When a failed delivery is retried.</summary>
public sealed class RetrySchedule
{
    private const double Jitter = 0.1;

    private readonly TimeSpan[] _delays;
    private readonly TimeSpan _longest;

    /// <exception cref="FormatException">The setting is not a list of durations.</exception>
    public RetrySchedule(IOptions<WebhookOptions> options)
    {
        _delays = [.. options.Value.RetrySchedule
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Read)];
        _longest = _delays.Append(TimeSpan.Zero).Max();
    }

    /// <summary>
    /// The delay before a retry. An endpoint that requests more time gets it, up to the longest step: attempts
    /// are never added.
    /// </summary>
    /// <param name="step">The number of attempts before the one that just failed.</param>
    /// <param name="chance">From 0 to 1: the position within the ±10 % jitter.</param>
    /// <param name="retryAfter">The endpoint's requested delay; null for none.</param>
    /// <returns>Null if no attempt is left.</returns>
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
