using GraphQL.Types;

namespace Equaticket.Engine.Nodes;

public sealed class NodeInterface : InterfaceGraphType
{
    public NodeInterface()
    {
        Name = "Node";
        Description = "Anything that has an id and can be read by it.";
        Field<NonNullGraphType<IdGraphType>>("id").Description("Its id, a UUID, the same in every API.");
    }
}
