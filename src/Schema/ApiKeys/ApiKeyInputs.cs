using Equaticket.Engine.Input;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Schema.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.ApiKeys;

/// <summary>A new key as the caller asks for it.</summary>
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
        this.Add<NonNullGraphType<StringGraphType>>("name", "What people call it.")
            .HasLength(1, 100);
        this.Add<NonNullGraphType<WireEnumGraphType<Mode>>>("mode", "Whose data it works on.");
        this.Add<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>(
            "scopes", "What it may do: at least one. It cannot be changed later.")
            .HasItems(1);
        this.Add<DateTimeGraphType>("expiresAt", "When it ends by itself; null for a key without an end.");
    }
}
