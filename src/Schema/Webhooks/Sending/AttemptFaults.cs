using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>
/// Explains to the endpoint's owner why an attempt failed, and decides whether the endpoint is at fault.
/// </summary>
internal static class AttemptFaults
{
    /// <returns>Null for a status that counts as delivered.</returns>
    public static AttemptFault? Of(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        var code => new AttemptFault(AttemptOutcome.Status, code switch
        {
            >= 300 and < 400 and not 304 => $"The endpoint responded with {code}; redirects are not followed.",
            410 => "The endpoint responded with 410 Gone.",
            _ => $"The endpoint responded with {code}; only 200 to 299 counts as delivered.",
        }),
    };

    /// <returns>
    /// Whether the error occurred at the endpoint or on the way to it. Any other error is Equaticket's, such as a bug
    /// or a host without free memory or sockets.
    /// </returns>
    public static bool IsOfEndpoint(Exception fault) => fault switch
    {
        SocketException socket => socket.SocketErrorCode is not (
            SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable
            or SocketError.ProcessLimit or SocketError.AccessDenied or SocketError.SocketError),
        IOException { InnerException: SocketException socket } => IsOfEndpoint(socket),
        HttpRequestException { InnerException: { } cause } => IsOfEndpoint(cause),
        HttpRequestException or IOException or OperationCanceledException
            or AuthenticationException or RefusedEndpointException => true,
        _ => false,
    };

    public static AttemptFault Of(Exception fault, TimeSpan timeout) => Causes(fault)
        .Select(Known).FirstOrDefault(known => known is not null)
        ?? (fault is OperationCanceledException
            ? new(AttemptOutcome.Timeout, $"There was no response within {timeout.TotalSeconds:0} seconds.")
            : new(
                AttemptOutcome.Protocol,
                "The request failed: the endpoint closed the connection or sent invalid HTTP."));

    private static AttemptFault? Known(Exception cause) => cause switch
    {
        RefusedEndpointException refusal => new(refusal.Outcome, refusal.Message),
        AuthenticationException tls => new(AttemptOutcome.Tls, $"TLS failed: {tls.Message}"),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            new(AttemptOutcome.Connect, "The connection was refused."),
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } =>
            new(AttemptOutcome.Connect, "The host cannot be reached."),
        SocketException { SocketErrorCode: SocketError.ConnectionReset } =>
            new(AttemptOutcome.Protocol, "The connection was reset."),
        TimeoutException => new(AttemptOutcome.Connect, "The connection could not be made in time."),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(AttemptOutcome.Protocol, "The response headers are too long."),
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Outcome">The machine-readable reason.</param>
/// <param name="Message">The reason as a sentence for the endpoint's owner.</param>
internal sealed record AttemptFault(AttemptOutcome Outcome, string Message);
