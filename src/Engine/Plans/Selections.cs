using GraphQL;

namespace Equaticket.Engine.Plans;

/// <summary>What is selected on the object that a field returns.</summary>
public static class Selections
{
    /// <summary>Whether only scalars are selected.</summary>
    public static bool SelectsOnlyScalars(this IResolveFieldContext context) =>
        PlannedStrategy.PlanOf(context) is { HasOnlyScalars: true };
}
