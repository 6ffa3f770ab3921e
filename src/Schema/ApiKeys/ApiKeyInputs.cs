using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A new key as requested by the caller.</summary>
public sealed record CreateApiKeyInput
{
    public required string Name { get; init; }

    public required Mode Mode { get; init; }

    public required IReadOnlyList<Scope> Scopes { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public NewApiKey ToNewKey() => new(Name, Mode == Mode.Live, Scopes, ExpiresAt);
}

public sealed class CreateApiKeyInputGraphType : InputObjectGraphType<CreateApiKeyInput>
{
    public CreateApiKeyInputGraphType()
    {
        Name = "CreateApiKeyInput";
        Description = "A new API key.";
        this.Add<NonNullGraphType<StringGraphType>>("name", "The key's name.")
            .HasLength(1, 100);
        this.Add<NonNullGraphType<WireEnumGraphType<Mode>>>("mode", "Whether the key accesses live or test data.");
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>(
            "scopes", "The scopes of the key: at least one. They cannot be changed later.")
            .HasItems(1);
        this.Add<UtcDateTimeGraphType>("expiresAt", "When the key expires; null for a key that does not expire.");
    }
}
