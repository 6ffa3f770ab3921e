using System.Net;
using System.Net.Sockets;
using Equaticket.Engine.Errors;
using Equaticket.Persistence.Webhooks;

namespace Equaticket.Schema.Webhooks.Addresses;

/// <summary>
/// Prevents webhooks from reaching the internal network. The same rules apply to the URL when it is saved and to the
/// resolved address when it is dialed, so that changing DNS in between does not bypass them.
/// </summary>
public sealed class EndpointGuard(EndpointRules rules, IHostResolver resolver)
{
    /// <summary>A slower resolver counts as not responding: a save must not wait for it.</summary>
    private static readonly TimeSpan SaveTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Checks a URL before it is saved. A host name that does not resolve is accepted; deliveries to it fail.
    /// </summary>
    /// <returns>The URL to store, with its host in ASCII.</returns>
    /// <exception cref="ApiError">The URL is not allowed; <c>param</c> is <c>url</c>.</exception>
    public async Task<string> RequireAsync(string text, CancellationToken cancellationToken)
    {
        var kept = InternationalHost.ToAscii(text)
            ?? throw ApiError.Validation("url", "Use the ASCII form of this host, which starts with xn--.");
        var url = EndpointUrl.Read(kept, rules, out var fault)
            ?? throw ApiError.Validation("url", fault);
        var host = EndpointUrl.HostOf(url);
        if (rules.IsExempt(host, url.Port))
            return kept;
        var addresses = await TryResolveAsync(host, cancellationToken);
        if (!addresses.All(rules.IsAllowed))
            throw ApiError.Validation("url", "This host is not reachable from the internet.");
        return kept;
    }

    /// <summary>Resolves the IP addresses to connect to for a delivery.</summary>
    /// <exception cref="RefusedEndpointException">No allowed address was found.</exception>
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        DnsEndPoint target, CancellationToken cancellationToken)
    {
        var host = target.Host.Trim('[', ']').TrimEnd('.');
        var addresses = await resolver.ResolveAsync(host, cancellationToken);
        if (addresses.Count == 0)
            throw new RefusedEndpointException("The host name does not resolve.", AttemptOutcome.Dns);
        if (!rules.IsExempt(host, target.Port) && !addresses.All(rules.IsAllowed))
        {
            throw new RefusedEndpointException(
                "The host name resolves to an address that is not reachable from the internet.");
        }

        return addresses;
    }

    /// <summary>Checks a stored URL again before use, because rules and settings may have changed.</summary>
    /// <exception cref="RefusedEndpointException">The URL is no longer allowed.</exception>
    public Uri Read(string text) => EndpointUrl.Read(text, rules, out var fault)
        ?? throw new RefusedEndpointException($"The address is not allowed: {fault}");

    private async Task<IReadOnlyList<IPAddress>> TryResolveAsync(
        string host, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(SaveTimeout);
        try
        {
            return await resolver.ResolveAsync(host, bound.Token);
        }
        catch (Exception fault) when (fault is SocketException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return [];
        }
    }
}

/// <summary>An endpoint that must not be dialled; the message is for its owner.</summary>
public sealed class RefusedEndpointException(string message, AttemptOutcome outcome = AttemptOutcome.Blocked)
    : Exception(message)
{
    public AttemptOutcome Outcome => outcome;
}

/// <summary>Resolves the addresses of a host.</summary>
public interface IHostResolver
{
    /// <returns>The addresses; empty if the name does not resolve.</returns>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Uses the system's resolver.</summary>
internal sealed class DnsResolver : IHostResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(
        string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.HostNotFound
            or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery)
        {
            return [];
        }
    }
}
