using Equaticket.Engine.Fields;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

public sealed class OrganizationGraphType : ObjectGraphType<Organization>
{
    public OrganizationGraphType()
    {
        Name = "Organization";
        Description = "An Equaticket customer, which owns events, orders, and API keys.";
        this.Leaf("id", "The unique identifier of the organization.", organization => organization.Id);
        this.Leaf("slug", "The name used in URLs and in the public listing.", organization => organization.Slug);
        this.Leaf("name", "The organization's name.", organization => organization.Name);
        this.Leaf("plan", "The organization's plan.", organization => organization.Plan);
        this.Leaf("createdAt", "When the organization signed up.", organization => organization.CreatedAt);
    }
}
