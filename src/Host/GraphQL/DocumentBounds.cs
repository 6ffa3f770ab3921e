using Equaticket.Schema.Errors;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Host.GraphQL;

/// <summary>
/// Bounds what a document may ask for, before it is validated: validation has no limits of its own,
/// and takes seconds on a small hostile document.
/// </summary>
internal sealed class DocumentBounds
{
    private const int MaxDepth = 20;
    private const int MaxSelections = 1_000;
    private const int MaxAliases = 100;
    private const int MaxDirectives = 50;
    private const int MaxVariables = 100;
    private const int MaxArguments = 500;
    private const int MaxDefinitions = 50;

    private readonly GraphQLDocument _document;
    private int _selections;
    private int _aliases;
    private int _directives;
    private int _arguments;

    private DocumentBounds(GraphQLDocument document) => _document = document;

    /// <exception cref="ApiError">The document is over one of the bounds.</exception>
    public static void Check(GraphQLDocument document)
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
    }

    /// <remarks>Fragments are counted wherever they are used, so that they can't multiply.</remarks>
    private void Visit(GraphQLSelectionSet selections, int depth)
    {
        Require(depth, MaxDepth, "levels");
        foreach (var selection in selections.Selections)
        {
            Require(++_selections, MaxSelections, "fields");
            CountDirectives(selection);
            _arguments += (selection as IHasArgumentsNode)?.Arguments?.Count ?? 0;
            Require(_arguments, MaxArguments, "arguments");
            if (selection is GraphQLField { Alias: not null })
                Require(++_aliases, MaxAliases, "aliases");
            if (Below(selection) is { } inner)
                Visit(inner, depth + 1);
        }
    }

    private void CheckVariables(ASTNode definition)
    {
        var variables = (definition as GraphQLOperationDefinition)?.Variables?.Items ?? [];
        Require(variables.Count, MaxVariables, "variables");
        foreach (var variable in variables)
            CountDirectives(variable);
    }

    private GraphQLSelectionSet? Below(ASTNode selection) => selection switch
    {
        GraphQLFragmentSpread spread =>
            _document.FindFragmentDefinition(spread.FragmentName.Name.Value)?.SelectionSet,
        IHasSelectionSetNode node => node.SelectionSet,
        _ => null,
    };

    private void CountDirectives(ASTNode node)
    {
        _directives += (node as IHasDirectivesNode)?.Directives?.Count ?? 0;
        Require(_directives, MaxDirectives, "directives");
    }

    private static void Require(int count, int max, string what)
    {
        if (count > max)
            throw ApiError.Validation(null, $"A document may have at most {max} {what}.");
    }
}
