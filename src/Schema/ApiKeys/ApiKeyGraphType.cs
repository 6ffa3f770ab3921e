using Equaticket.Engine.Nodes;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.ApiKeys;

public sealed class ApiKeyGraphType : ObjectGraphType<ApiKeyRow>
{
    public ApiKeyGraphType()
    {
        Name = "ApiKey";
        Description = "A secret API key of your organization. The key itself is shown only once.";
        this.RequireRole(Role.Admin);
        Interface<NodeInterface>();
        IsTypeOf = row => row is ApiKeyRow;
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier of the key. It is not secret.")
            .Resolve(c => c.Source.Key.Id);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The key's name.")
            .Resolve(c => c.Source.Key.Name);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("Whether the key accesses live or test data.")
            .Resolve(c => c.Source.Key.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<StringGraphType>>("prefix")
            .Description("The prefix of the key: `sk_live_` or `sk_test_`.")
            .Resolve(c => c.Source.Key.Prefix);
        Field<NonNullGraphType<StringGraphType>>("lastFour")
            .Description("The last four characters of the key, to distinguish keys.")
            .Resolve(c => c.Source.Key.LastFour);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>("scopes")
            .Description("The scopes of the key.")
            .Resolve(c => c.Source.Key.Scopes);
        Field<StringGraphType>("key")
            .Description("The secret key, sent as `Authorization: Bearer …`. Returned only when the key is "
                + "created or rolled; null otherwise. It cannot be retrieved later.")
            .Resolve(c => c.Source.Secret);
        AddTimes();
        this.AddUse();
    }

    private void AddTimes()
    {
        Field<UtcDateTimeGraphType>("expiresAt")
            .Description("When the key expires; null if it does not expire.")
            .Resolve(c => c.Source.Key.ExpiresAt);
        Field<UtcDateTimeGraphType>("revokedAt")
            .Description("When the key was revoked; null if it has not been.")
            .Resolve(c => c.Source.Key.RevokedAt);
        Field<UtcDateTimeGraphType>("lastUsedAt")
            .Description("When the key was last used, accurate to a few seconds; null if it never was.")
            .Resolve(c => ApiKeyLoaders.LastUse(c, c.Source.Key.Id, use => use?.LastUsedAt));
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the key was created.")
            .Resolve(c => c.Source.Key.CreatedAt);
    }
}
