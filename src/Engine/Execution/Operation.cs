using Equaticket.Engine.Access;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Plans;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Execution;

/// <summary>An operation of a validated document, ready to execute.</summary>
public sealed class Operation
{
    private readonly OperationAccess _access;
    private readonly IReadOnlyList<IAccess>? _needs;
    private readonly IReadOnlyList<ArgumentAccess> _arguments;
    private InputBinder? _binder;

    /// <exception cref="ApiError">
    /// A mutation or subscription does not have exactly one root field, or the root field of a subscription may be
    /// skipped.
    /// </exception>
    public Operation(
        GraphQLDocument document, GraphQLOperationDefinition definition, OperationAccess access)
    {
        Document = document;
        Definition = definition;
        _access = access;
        var roots = RootFields.Of(document, definition).ToList();
        if ((IsMutation || IsSubscription) && roots.Count != 1)
        {
            throw ApiError.Validation(
                null,
                $"A {(IsMutation ? "mutation" : "subscription")} must have exactly one root field. "
                + "Send a separate request for each.");
        }

        if (IsSubscription && RootFields.HaveConditions(document, definition))
            throw ApiError.Validation(null, "The root field of a subscription cannot be skipped.");

        _arguments = ArgumentAccess.Collect(
            access.Rules, access.RootOf(definition), definition, roots);
        if (IsMutation || IsSubscription)
        {
            RootNode = roots[0];
            RootField = access.RootOf(definition)?.Fields.Find(RootNode.Name.Value);
        }

        IsIntrospection = roots.TrueForAll(
            field => field.Name.StringValue.StartsWith("__", StringComparison.Ordinal));
        HasConditions = document.Source.Span.Contains('@');
        Strategy = HasConditions || IsIntrospection ? SerialExecutionStrategy.Instance : new PlannedStrategy();
        if (!HasConditions)
        {
            _needs = access.Collect(document, definition, NoVariables);
            Input = new InputSelection(document, definition);
        }
    }

    public static IReadOnlyDictionary<string, object?> NoVariables { get; } =
        new Dictionary<string, object?>();

    public GraphQLDocument Document { get; }

    public GraphQLOperationDefinition Definition { get; }

    public bool IsMutation => Definition.Operation == OperationType.Mutation;

    public bool IsSubscription => Definition.Operation == OperationType.Subscription;

    /// <summary>Whether <c>@skip</c> or <c>@include</c> may omit part of it.</summary>
    public bool HasConditions { get; }

    /// <summary>The only root field of a mutation or subscription; null for a query.</summary>
    public GraphQLField? RootNode { get; }

    /// <summary>The schema's definition of <see cref="RootNode"/>.</summary>
    public FieldType? RootField { get; }

    /// <summary>Whether it only queries the schema.</summary>
    public bool IsIntrospection { get; }

    /// <summary>The access the operation requires, except where variables decide.</summary>
    public IReadOnlyList<IAccess> Needs =>
        _needs ?? _access.Collect(Document, Definition, NoVariables);

    /// <summary>
    /// The part that takes input; null for the whole operation, if its directives may take input too.
    /// </summary>
    internal InputSelection? Input { get; }

    /// <summary>Binds the input of this operation; null if its directives may take input.</summary>
    internal InputBinder? InputBinder(ISchema schema) =>
        Input is null ? null : _binder ??= new InputBinder(schema, Document, Input);

    /// <summary>How its fields are resolved. Later requests reuse the plans of earlier ones.</summary>
    internal IExecutionStrategy Strategy { get; }

    /// <returns>Why the caller is denied, or null if access is granted.</returns>
    public ApiError? Refusal(ICaller caller, IReadOnlyDictionary<string, object?> variables) =>
        OperationAccess.Refusal(
            _needs ?? _access.Collect(Document, Definition, variables), caller)
        ?? _arguments.Select(argument => argument.Refusal(caller, variables))
            .FirstOrDefault(refusal => refusal is not null);
}
