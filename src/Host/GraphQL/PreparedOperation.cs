using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;

namespace Equaticket.Host.GraphQL;

/// <summary>A validated operation, with its cost unless that depends on variables.</summary>
internal sealed class PreparedOperation
{
    private readonly CostModel _model;
    private readonly CostEstimate? _fixedCost;

    public PreparedOperation(Operation operation, CostModel model)
    {
        Operation = operation;
        _model = model;
        if (model.Estimate(operation, Operation.NoVariables) is (var cost, true))
            _fixedCost = cost;
    }

    public Operation Operation { get; }

    /// <param name="variables">The values that came with the request.</param>
    public CostEstimate Cost(IReadOnlyDictionary<string, object?> variables) =>
        _fixedCost ?? _model.Estimate(Operation, variables).Cost;
}
