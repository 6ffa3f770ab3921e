using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

public sealed class ApiTermsGraphType : ObjectGraphType<Organization>
{
    public ApiTermsGraphType()
    {
        Name = "ApiTerms";
        Description = "Whether your organization has accepted the API Terms of Service.";
        Field<NonNullGraphType<BooleanGraphType>>("accepted")
            .Description("Whether the terms are accepted, so that API keys can be created.")
            .Resolve(c => c.Source.ApiTermsAcceptedAt is not null);
        Field<UtcDateTimeGraphType>("acceptedAt")
            .Description("When the terms were accepted; null if they have not been.")
            .Resolve(c => c.Source.ApiTermsAcceptedAt);
    }
}
