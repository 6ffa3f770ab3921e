using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Equaticket.Schema.Webhooks.Addresses;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>
/// Explains to the endpoint's owner why an attempt failed, and decides whether the endpoint is at fault.
/// </summary>
internal static class AttemptFaults
{
    /// <returns>Null for a status that counts as delivered.</returns>
    public static string? Of(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 and not 304 => $"The endpoint responded with {(int)status}; redirects are not followed.",
        410 => "The endpoint responded with 410 Gone.",
        var code => $"The endpoint responded with {code}; only 200 to 299 counts as delivered.",
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

    public static string Of(Exception fault, TimeSpan timeout) => Causes(fault)
        .Select(Known).FirstOrDefault(known => known is not null)
        ?? (fault is OperationCanceledException
            ? $"There was no response within {timeout.TotalSeconds:0} seconds."
            : "The request failed: the endpoint closed the connection or sent invalid HTTP.");

    private static string? Known(Exception cause) => cause switch
    {
        RefusedEndpointException refusal => refusal.Message,
        AuthenticationException tls => $"TLS failed: {tls.Message}",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The connection was refused.",
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } =>
            "The host cannot be reached.",
        SocketException { SocketErrorCode: SocketError.ConnectionReset } => "The connection was reset.",
        TimeoutException => "The connection could not be made in time.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            "The response headers are too long.",
        _ => null,
    };

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
