using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

public sealed class OrganizationGraphType : ObjectGraphType<Organization>
{
    public OrganizationGraphType()
    {
        Name = "Organization";
        Description = "An Equaticket customer, which owns events, orders and API keys.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier of the organization.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("The name used in URLs and in the public listing.")
            .Resolve(c => c.Source.Slug);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("The organization's name.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<WireEnumGraphType<Plan>>>("plan")
            .Description("The organization's subscription tier.")
            .Resolve(c => c.Source.Plan);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the organization signed up.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
