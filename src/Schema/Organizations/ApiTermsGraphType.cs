using Equaticket.Engine.Fields;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

public sealed class ApiTermsGraphType : ObjectGraphType<Organization>
{
    public ApiTermsGraphType()
    {
        Name = "ApiTerms";
        Description = "Whether your organization has accepted the API Terms of Service.";
        this.Leaf("accepted", "Whether the terms are accepted, so that API keys can be created.",
            organization => organization.ApiTermsAcceptedAt != null);
        this.OptionalLeaf("acceptedAt", "When the terms were accepted; null if they have not been.",
            organization => organization.ApiTermsAcceptedAt);
    }
}
