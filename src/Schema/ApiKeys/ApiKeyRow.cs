using Equaticket.Persistence;
using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A key as its owner may see it.</summary>
/// <param name="Key">What is stored.</param>
/// <param name="Secret">The key itself, in the answer that made it; null ever after.</param>
public sealed record ApiKeyRow(ApiKey Key, string? Secret = null) : IPagedRow
{
    public Guid Id => Key.Id;

    public DateTimeOffset CreatedAt => Key.CreatedAt;

    public static ApiKeyRow Of(CreatedApiKey created) => new(created.Key, created.Secret.Text);
}
