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
            .Description("Whether keys can be created.")
            .Resolve(c => c.Source.ApiTermsAcceptedAt is not null);
        Field<DateTimeGraphType>("acceptedAt")
            .Description("When they were accepted; null while they were not.")
            .Resolve(c => c.Source.ApiTermsAcceptedAt);
    }
}
