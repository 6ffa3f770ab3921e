using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Equaticket.Engine.Execution;
using GraphQL.Execution;

namespace Equaticket.Parts;

/// <summary>
/// Executes an operation over 50 rows in memory, 11 fields each, and writes the response: with its plan, and as
/// GraphQL.NET does, with an execution node for each field.
/// </summary>
public class PlanBenchmarks
{
    private static readonly Dictionary<string, object?> NoVariables = [];
    private readonly RowSchema _schema = RowSchema.Create();
    private Operation _planned = null!;
    private Operation _plain = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _planned = _schema.Operation($"{{ orders {{ {RowSchema.Fields} }} }}");
        // Operations with a condition have no plan.
        _plain = _schema.Operation($"{{ orders @include(if: true) {{ {RowSchema.Fields} }} }}");
        if (Run(_planned).Result != Run(_plain).Result)
            throw new InvalidOperationException("The responses differ.");
    }

    [Benchmark(Baseline = true)]
    public Task<int> Nodes() => Run(_plain);

    [Benchmark]
    public Task<int> Plan() => Run(_planned);

    /// <returns>The length of the response in bytes.</returns>
    private async Task<int> Run(Operation operation)
    {
        var input = await _schema.Runner.CoerceAsync(operation, NoVariables, CancellationToken.None);
        var result = await _schema.Runner.RunAsync(
            operation, input, [], failure => throw failure.OriginalException, CancellationToken.None);
        using var body = new RentedBuffer();
        using var json = new Utf8JsonWriter(body, ResultJson.Options);
        new ResultJson(json, useWireNames: false).Write((RootExecutionNode)result.Data!);
        json.Flush();
        return body.WrittenSpan.Length;
    }
}
