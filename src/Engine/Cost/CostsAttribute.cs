using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Cost;

/// <summary>Says that a root field costs more than its kind.</summary>
/// <param name="weight">What each of its values costs.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CostsAttribute(int weight) : GraphQLAttribute
{
    public int Weight => weight;

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.HasCost(weight);
}
