using Equaticket.Engine.Scalars;
using Equaticket.Persistence.Organizations;
using GraphQL.Types;

namespace Equaticket.Schema.Organizations;

public sealed class OrganizationGraphType : ObjectGraphType<Organization>
{
    public OrganizationGraphType()
    {
        Name = "Organization";
        Description = "A customer of Equaticket: whoever owns events, orders and keys.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The organization's id.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<StringGraphType>>("slug")
            .Description("Its name in addresses and in the public listing.")
            .Resolve(c => c.Source.Slug);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("What people call it.")
            .Resolve(c => c.Source.Name);
        Field<NonNullGraphType<WireEnumGraphType<Plan>>>("plan")
            .Description("Its subscription tier.")
            .Resolve(c => c.Source.Plan);
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When it signed up.")
            .Resolve(c => c.Source.CreatedAt);
    }
}
