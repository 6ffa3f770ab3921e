using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Equaticket.Engine.Execution;

/// <summary>
/// Binds a request's variables to the arguments of an operation, as GraphQL.NET does, but without walking the document
/// on each request. Whatever it can't bind, such as invalid input, is left to GraphQL.NET, which reports the errors.
/// </summary>
internal sealed class InputBinder
{
    private readonly GraphQLDocument _document;
    private readonly List<BoundVariable> _variables = [];
    private readonly List<BoundField> _fields = [];
    private bool _isComplete = true;

    /// <param name="schema">The schema of the operation.</param>
    /// <param name="document">The document of the operation.</param>
    /// <param name="input">The part of the operation that takes input.</param>
    public InputBinder(ISchema schema, GraphQLDocument document, InputSelection input)
    {
        _document = document;
        try
        {
            foreach (var definition in input.Operation.Variables?.Items ?? [])
                Add(schema, definition);
            Add(schema, input, input.Operation.SelectionSet, RootFields.TypeOf(schema, input.Operation));
        }
        catch (Exception)
        {
            _isComplete = false;
        }
    }

    /// <returns>The coerced input; null if GraphQL.NET has to coerce it.</returns>
    public IValidationResult? Bind(Dictionary<string, object?> given)
    {
        if (!_isComplete)
            return null;
        try
        {
            return Variables(given) is { } variables
                ? new CoercedInput(variables, Arguments(variables))
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private Variables? Variables(Dictionary<string, object?> given)
    {
        if (_variables.Count == 0)
            return GraphQL.Validation.Variables.None;
        var variables = new Variables();
        foreach (var (name, definition, type, standard, usedAs) in _variables)
        {
            var variable = new Variable(name, definition);
            if (given.TryGetValue(name, out var value))
            {
                if (!InputCoercion.TryCoerce(usedAs, value, out var coerced))
                    return null;
                variable.Value = coerced;
            }
            else if (definition.DefaultValue is not null)
            {
                variable.Value = standard;
                variable.IsDefault = true;
            }
            else if (type is NonNullGraphType)
            {
                return null;
            }

            variables.Add(variable);
        }

        return variables;
    }

    private Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>? Arguments(Variables variables)
    {
        if (_fields.Count == 0)
            return null;
        var arguments = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(_fields.Count);
        foreach (var (field, definition) in _fields)
        {
            if (ExecutionHelper.GetArguments(
                definition.Arguments, field.Arguments, variables, _document, field, null) is { } values)
                arguments.Add(field, values);
        }

        return arguments;
    }

    private void Add(ISchema schema, GraphQLVariableDefinition definition)
    {
        var type = definition.Type.GraphTypeFromType(schema)!;
        var standard = definition.DefaultValue is { } literal ? ExecutionHelper.CoerceValue(type, literal).Value : null;
        _variables.Add(new BoundVariable(definition.Variable.Name.StringValue, definition, type, standard, type));
    }

    private void Add(ISchema schema, InputSelection input, GraphQLSelectionSet selections, IGraphType? type)
    {
        foreach (var selection in selections.Selections)
        {
            if (selection is GraphQLInlineFragment inline)
            {
                var condition = inline.TypeCondition?.Type.Name;
                Add(schema, input, inline.SelectionSet, condition is null ? type : schema.AllTypes[condition.Value]);
            }
            else if (selection is GraphQLField field)
            {
                Add(schema, input, field, type);
            }
        }
    }

    private void Add(ISchema schema, InputSelection input, GraphQLField field, IGraphType? parent)
    {
        if ((parent as IComplexGraphType)?.Fields.Find(field.Name.Value) is not { } definition)
        {
            // A field of every type or of the schema.
            _isComplete = false;
            return;
        }

        if (field.Arguments?.Count > 0)
            _fields.Add(new BoundField(input.SourceOf(field), definition));
        foreach (var argument in field.Arguments?.Items ?? [])
            Use(argument.Value, definition.Arguments!.Find(argument.Name.Value)!.ResolvedType!);
        Add(schema, input, field.SelectionSet!, definition.ResolvedType!.GetNamedType());
    }

    /// <summary>Notes where a nullable variable is used for a value that must not be null.</summary>
    private void Use(GraphQLValue value, IGraphType type)
    {
        switch (value, Unwrap(type))
        {
            case (GraphQLVariable used, _) when type is NonNullGraphType:
                var i = _variables.FindIndex(variable => variable.Definition.Variable.Name == used.Name);
                if (_variables[i].Type is not NonNullGraphType)
                    _variables[i] = _variables[i] with { UsedAs = new NonNullGraphType(_variables[i].Type) };
                break;
            case (GraphQLListValue list, ListGraphType items):
                foreach (var item in list.Values ?? [])
                    Use(item, items.ResolvedType!);
                break;
            case (GraphQLObjectValue given, IInputObjectGraphType { IsOneOf: false } fields):
                foreach (var field in given.Fields ?? [])
                    Use(field.Value, fields.Fields.Find(field.Name.Value)!.ResolvedType!);
                break;
            case (GraphQLObjectValue or GraphQLListValue, _):
                _isComplete = false;
                break;
        }
    }

    private static IGraphType Unwrap(IGraphType type) =>
        type is NonNullGraphType { ResolvedType: { } inner } ? inner : type;

    /// <param name="Name">The name.</param>
    /// <param name="Definition">Its definition in the document.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Default">The value of its default literal.</param>
    /// <param name="UsedAs">Its type; non-null if the variable is used for an argument that must not be null.</param>
    private sealed record BoundVariable(
        string Name, GraphQLVariableDefinition Definition, IGraphType Type, object? Default, IGraphType UsedAs);

    private sealed record BoundField(GraphQLField Field, FieldType Definition);
}

/// <summary>Valid input.</summary>
/// <param name="Variables">The coerced variables.</param>
/// <param name="ArgumentValues">The arguments, keyed by the fields of the document.</param>
internal sealed record CoercedInput(
    Variables Variables, IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? ArgumentValues)
    : IValidationResult
{
    public bool IsValid => true;

    public ExecutionErrors Errors => [];

    public IReadOnlyDictionary<ASTNode, IDictionary<string, DirectiveInfo>>? DirectiveValues => null;
}
