using GraphQL.Types;

namespace Equaticket.Engine.Nodes;

public sealed class NodeInterface : InterfaceGraphType
{
    public NodeInterface()
    {
        Name = "Node";
        Description = "An object that can be retrieved by its id.";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The unique identifier (UUID), the same in every API.");
    }
}
