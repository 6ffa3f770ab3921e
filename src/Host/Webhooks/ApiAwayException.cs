namespace Equaticket.Host.Webhooks;

/// <summary>The API does not answer, or asks to wait: trying again may help.</summary>
/// <param name="message">Why, for people.</param>
/// <param name="retryAfter">How long to wait, where the API says so.</param>
internal sealed class ApiAwayException(string message, TimeSpan? retryAfter) : Exception(message)
{
    public TimeSpan? RetryAfter => retryAfter;
}
