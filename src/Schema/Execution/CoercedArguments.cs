using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

internal static class CoercedArguments
{
    /// <returns>The arguments of a field, coerced; empty if it has none.</returns>
    public static IDictionary<string, ArgumentValue> ArgumentsOf(this IValidationResult input, GraphQLField field) =>
        input.ArgumentValues?.GetValueOrDefault(field) ?? new Dictionary<string, ArgumentValue>();
}
