using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A key as shown to its owner.</summary>
/// <param name="Key">The stored key.</param>
/// <param name="Secret">The secret key; null except in the response that creates it.</param>
public sealed record ApiKeyRow(ApiKey Key, string? Secret = null) : IPagedRow
{
    public Guid Id => Key.Id;

    public DateTimeOffset CreatedAt => Key.CreatedAt;

    public static ApiKeyRow Of(CreatedApiKey created) => new(created.Key, created.Secret.Text);
}
