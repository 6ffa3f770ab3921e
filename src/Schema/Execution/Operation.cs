using Equaticket.Schema.Access;
using Equaticket.Schema.Errors;
using GraphQLParser.AST;

namespace Equaticket.Schema.Execution;

/// <summary>An operation of a document that has passed validation, ready to be executed.</summary>
public sealed class Operation
{
    private const string CheckoutField = "checkout";

    private readonly OperationAccess _access;
    private readonly IReadOnlyList<FieldAccess>? _needs;
    private readonly IReadOnlyList<ArgumentAccess> _arguments;

    /// <exception cref="ApiError">
    /// A mutation or subscription does not have exactly one root field, or that of a subscription may be
    /// skipped.
    /// </exception>
    public Operation(
        GraphQLDocument document, GraphQLOperationDefinition definition, OperationAccess access)
    {
        Document = document;
        Definition = definition;
        _access = access;
        IsCheckout = IsMutation
            && RootFields.Of(document, definition).Any(field => field.Name.Value == CheckoutField);
        if ((IsMutation || IsSubscription) && RootFields.Of(document, definition).Count() != 1)
        {
            throw ApiError.Validation(
                null,
                $"A {(IsMutation ? "mutation" : "subscription")} must have exactly one root field. "
                + "Send one request for each.");
        }

        if (IsSubscription && RootFields.HaveConditions(document, definition))
            throw ApiError.Validation(null, "The root field of a subscription can't be skipped.");

        _arguments = ArgumentAccess.Collect(
            access.RootOf(definition), definition, RootFields.Of(document, definition));
        IsIntrospection = RootFields.Of(document, definition)
            .All(field => field.Name.StringValue.StartsWith("__", StringComparison.Ordinal));
        HasConditions = document.Source.Span.Contains('@');
        if (!HasConditions)
            _needs = access.Collect(document, definition, NoVariables);
    }

    public static IReadOnlyDictionary<string, object?> NoVariables { get; } =
        new Dictionary<string, object?>();

    public GraphQLDocument Document { get; }

    public GraphQLOperationDefinition Definition { get; }

    public bool IsMutation => Definition.Operation == OperationType.Mutation;

    public bool IsSubscription => Definition.Operation == OperationType.Subscription;

    /// <summary>Whether <c>@skip</c> or <c>@include</c> may leave something of it out.</summary>
    public bool HasConditions { get; }

    /// <summary>Whether it asks for nothing but the schema's own description.</summary>
    public bool IsIntrospection { get; }

    /// <summary>Whether a buyer buys with it, which is limited on its own.</summary>
    public bool IsCheckout { get; }

    /// <summary>What the operation asks of a caller, as far as no variable decides it.</summary>
    public IReadOnlyList<FieldAccess> Needs =>
        _needs ?? _access.Collect(Document, Definition, NoVariables);

    /// <returns>Why the caller is refused, or null when it is let in.</returns>
    public ApiError? Refusal(Caller caller, IReadOnlyDictionary<string, object?> variables) =>
        OperationAccess.Refusal(
            _needs ?? _access.Collect(Document, Definition, variables), caller)
        ?? _arguments.Select(argument => argument.Refusal(caller, variables))
            .FirstOrDefault(refusal => refusal is not null);
}
