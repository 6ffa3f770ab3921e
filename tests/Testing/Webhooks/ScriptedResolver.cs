using System.Collections.Concurrent;
using System.Net;
using Equaticket.Schema.Webhooks.Addresses;

namespace Equaticket.Testing.Webhooks;

/// <summary>Resolves IP addresses, and the names that a test defines. Tests never use real DNS.</summary>
public sealed class ScriptedResolver : IHostResolver
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>The addresses of each name.</summary>
    public ConcurrentDictionary<string, string[]> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The names looked up, in order.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <inheritdoc/>
    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        _asked.Enqueue(host);
        return Task.FromResult<IReadOnlyList<IPAddress>>(
            IPAddress.TryParse(host, out var literal)
                ? [literal]
                : [.. Answers.GetValueOrDefault(host, []).Select(IPAddress.Parse)]);
    }
}
