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
        Description = "A secret key of your organization. The key itself is shown only once.";
        this.RequireRole(Role.Admin);
        Interface<NodeInterface>();
        IsTypeOf = row => row is ApiKeyRow;
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of the key, which is no secret.")
            .Resolve(c => c.Source.Key.Id);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("What people call it.")
            .Resolve(c => c.Source.Key.Name);
        Field<NonNullGraphType<WireEnumGraphType<Mode>>>("mode")
            .Description("Whose data it works on.")
            .Resolve(c => c.Source.Key.Livemode ? Mode.Live : Mode.Test);
        Field<NonNullGraphType<StringGraphType>>("prefix")
            .Description("How the key begins: `sk_live_` or `sk_test_`.")
            .Resolve(c => c.Source.Key.Prefix);
        Field<NonNullGraphType<StringGraphType>>("lastFour")
            .Description("How the key ends, to tell keys apart.")
            .Resolve(c => c.Source.Key.LastFour);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<Scope>>>>>("scopes")
            .Description("What it may do.")
            .Resolve(c => c.Source.Key.Scopes);
        Field<StringGraphType>("key")
            .Description("The key itself, to send as `Authorization: Bearer …`. Only in the answer to "
                + "creating or rolling it; it cannot be shown again.")
            .Resolve(c => c.Source.Secret);
        AddTimes();
    }

    private void AddTimes()
    {
        Field<DateTimeGraphType>("expiresAt")
            .Description("When it ends by itself; null when it does not.")
            .Resolve(c => c.Source.Key.ExpiresAt);
        Field<DateTimeGraphType>("revokedAt")
            .Description("When it was revoked; null while it was not.")
            .Resolve(c => c.Source.Key.RevokedAt);
        Field<DateTimeGraphType>("lastUsedAt")
            .Description("When it was last used, to within a few seconds; null when it never was.")
            .Resolve(c => ApiKeyLoaders.LastUse(c, c.Source.Key.Id));
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When it was created.")
            .Resolve(c => c.Source.Key.CreatedAt);
    }
}
