namespace Equaticket.Host.Webhooks;

/// <summary>The API does not respond, or asks to wait: a retry may succeed.</summary>
/// <param name="message">A human-readable reason.</param>
/// <param name="retryAfter">How long to wait, if the API says so.</param>
internal sealed class ApiAwayException(string message, TimeSpan? retryAfter) : Exception(message)
{
    public TimeSpan? RetryAfter => retryAfter;
}
