using Equaticket.Engine.Fields;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Reading;
using GraphQL.Types;

namespace Equaticket.Schema.ApiKeys;

public sealed class ApiKeyGraphType : ObjectGraphType<ApiKeyRow>
{
    public ApiKeyGraphType()
    {
        Name = "ApiKey";
        Description = "A secret API key of your organization. The key itself is shown only once.";
        this.IsNode(Role.Admin);
        this.Leaf("id", "The unique identifier of the key. It is not secret.", row => row.Key.Id);
        this.Leaf("name", "The key's name.", row => row.Key.Name);
        this.Leaf("mode", "Whether the key accesses live or test data.",
            row => row.Key.Livemode ? Mode.Live : Mode.Test);
        this.Leaf("prefix", "The prefix of the key: `sk_live_` or `sk_test_`.", row => row.Key.Prefix);
        this.Leaf("lastFour", "The last four characters of the key, to distinguish keys.", row => row.Key.LastFour);
        this.Leaf("scopes", "The scopes of the key.", row => row.Key.Scopes);
        this.OptionalLeaf("key",
            "The secret key, sent as `Authorization: Bearer …`. Returned only when the key is created or rolled; "
                + "null otherwise. It cannot be retrieved later.",
            row => row.Secret);
        AddTimes();
        this.AddUse();
    }

    private void AddTimes()
    {
        this.OptionalLeaf("expiresAt", "When the key expires; null if it does not expire.", row => row.Key.ExpiresAt);
        this.OptionalLeaf("revokedAt", "When the key was revoked; null if it has not been.", row => row.Key.RevokedAt);
        Field<UtcDateTimeGraphType>("lastUsedAt")
            .Description("When the key was last used, accurate to a few seconds; null if it never was.")
            .Resolve(c => ApiKeyLoaders.LastUse(c, c.Source.Key.Id, use => use?.LastUsedAt));
        this.Leaf("createdAt", "When the key was created.", row => row.Key.CreatedAt);
    }
}
