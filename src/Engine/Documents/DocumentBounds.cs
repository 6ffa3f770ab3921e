using Equaticket.Engine.Errors;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Limits the size of a document before validation. Validation itself has no limits, and
/// takes seconds on a small hostile document.
/// </summary>
public sealed class DocumentBounds
{
    /// <summary>The maximum length of a document, in characters: enough for the longest texts as literals.</summary>
    private const int MaxLength = 64 * 1024;

    private const int MaxDepth = 20;
    private const int MaxSelections = 1_000;
    private const int MaxAliases = 100;
    private const int MaxDirectives = 50;
    private const int MaxVariables = 100;
    private const int MaxArguments = 500;
    private const int MaxDefinitions = 50;
    private const int MaxValues = 2_000;

    private readonly GraphQLDocument _document;

    /// <summary>The fragments being followed, to detect cycles.</summary>
    private readonly HashSet<string> _open = [];

    private int _selections;
    private int _aliases;
    private int _directives;
    private int _arguments;
    private int _values;
    private int _variables;

    private DocumentBounds(GraphQLDocument document) => _document = document;

    /// <summary>Limits the text before it is parsed.</summary>
    /// <exception cref="ApiError">The text is too long.</exception>
    public static void CheckLength(string text) => Require(text.Length, MaxLength, "characters");

    /// <returns>The total number of fields, arguments, values, directives, and variables.</returns>
    /// <exception cref="ApiError">The document exceeds a limit.</exception>
    public static int Check(GraphQLDocument document)
    {
        Require(document.Definitions.Count, MaxDefinitions, "operations and fragments");
        var bounds = new DocumentBounds(document);
        foreach (var definition in document.Definitions)
        {
            bounds.CountDirectives(definition);
            bounds.CheckVariables(definition);
            if (definition is IHasSelectionSetNode { SelectionSet: { } selections })
                bounds.Visit(selections, depth: 1);
        }

        return bounds._selections + bounds._arguments + bounds._values + bounds._directives + bounds._variables;
    }

    /// <remarks>Counts a fragment each time it is used, so that fragments can't multiply the work.</remarks>
    private void Visit(GraphQLSelectionSet selections, int depth)
    {
        Require(depth, MaxDepth, "levels");
        foreach (var selection in selections.Selections)
        {
            Require(++_selections, MaxSelections, "fields");
            CountDirectives(selection);
            CountArguments((selection as IHasArgumentsNode)?.Arguments);
            if (selection is GraphQLField { Alias: not null })
                Require(++_aliases, MaxAliases, "aliases");
            if (selection is GraphQLFragmentSpread spread)
                Follow(spread, depth + 1);
            else if (selection is IHasSelectionSetNode { SelectionSet: { } inner })
                Visit(inner, depth + 1);
        }
    }

    private void Follow(GraphQLFragmentSpread spread, int depth)
    {
        var name = spread.FragmentName.Name;
        if (_document.FindFragmentDefinition(name.Value) is not { } fragment)
            return;
        if (!_open.Add(name.StringValue))
            throw ApiError.Validation(null, $"The fragment {name} spreads itself.");
        Visit(fragment.SelectionSet, depth);
        _open.Remove(name.StringValue);
    }

    private void CheckVariables(ASTNode definition)
    {
        var variables = (definition as GraphQLOperationDefinition)?.Variables?.Items ?? [];
        Require(variables.Count, MaxVariables, "variables");
        _variables += variables.Count;
        foreach (var variable in variables)
        {
            CountDirectives(variable);
            if (variable.DefaultValue is { } value)
                CountValues(value);
        }
    }

    private void CountArguments(GraphQLArguments? arguments)
    {
        _arguments += arguments?.Count ?? 0;
        Require(_arguments, MaxArguments, "arguments");
        foreach (var argument in arguments?.Items ?? [])
            CountValues(argument.Value);
    }

    /// <remarks>The parser limits their depth.</remarks>
    private void CountValues(GraphQLValue value)
    {
        Require(++_values, MaxValues, "values");
        foreach (var item in (value as GraphQLListValue)?.Values ?? [])
            CountValues(item);
        foreach (var field in (value as GraphQLObjectValue)?.Fields ?? [])
            CountValues(field.Value);
    }

    private void CountDirectives(ASTNode node)
    {
        var directives = (node as IHasDirectivesNode)?.Directives;
        _directives += directives?.Count ?? 0;
        Require(_directives, MaxDirectives, "directives");
        foreach (var directive in directives?.Items ?? [])
            CountArguments(directive.Arguments);
    }

    private static void Require(int count, int max, string what)
    {
        if (count > max)
            throw ApiError.Validation(null, $"A document may have at most {max} {what}.");
    }
}
