using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Tests.Execution;

/// <summary>
/// Generates valid queries that select any fields an API key can read, with aliases, fragments, and merged fields.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="random">The source of randomness.</param>
/// <param name="ids">The ids of existing rows, for <c>node</c> and fields that return one object.</param>
internal sealed class SelectionGenerator(ISchema schema, Random random, IReadOnlyList<string> ids)
{
    private const int MaxDepth = 5;

    /// <summary>The fields that are signed again on each read.</summary>
    private static readonly string[] Signed = ["qrText", "qrSvg"];

    /// <returns>Whether two responses to the same query may differ.</returns>
    public static bool SelectsSigned(string query) =>
        Signed.Any(field => query.Contains(field, StringComparison.Ordinal));

    public string MakeQuery() => $"query {Selections(schema.Query, depth: 0, count: 1 + random.Next(2))}";

    private string Selections(IComplexGraphType type, int depth, int count)
    {
        var fields = type.Fields.Where(field => CanSelect(field, depth)).ToList();
        return $"{{ {string.Join(' ', Enumerable.Range(0, count).Select(_ => Selection(type, fields, depth)))} }}";
    }

    private string Selection(IComplexGraphType type, List<FieldType> fields, int depth)
    {
        if (fields.Count == 0 || random.Next(20) == 0)
            return "__typename";
        if (depth > 0 && random.Next(8) == 0)
            return $"... on {TypeBelow(type).Name} {Selections(TypeBelow(type), depth, 1 + random.Next(3))}";
        var field = fields[random.Next(fields.Count)];
        var (arguments, suffix) = Arguments(field);
        var below = Below(field, depth);
        // Fields that share an alias must have the same arguments.
        var alias = suffix.Length > 0 || random.Next(6) == 0 ? $"{field.Name}_{suffix}: " : "";
        var written = $"{alias}{field.Name}{arguments}";
        return below.Length > 0 && random.Next(6) == 0
            ? $"{written}{below} {written}{Below(field, depth)}"
            : $"{written}{below}";
    }

    private (string Text, string Suffix) Arguments(FieldType field)
    {
        var number = random.Next(ids.Count);
        if (field.Arguments?.Find("id") is not null)
            return ($"(id: \"{ids[number]}\")", $"of{number}");
        return field.Arguments?.Find("first") is not null ? ($"(first: {number + 1})", $"first{number}") : ("", "");
    }

    private string Below(FieldType field, int depth) => field.ResolvedType!.GetNamedType() is IComplexGraphType type
        ? $" {Selections(type, depth + 1, 1 + random.Next(4))}"
        : "";

    private static bool CanSelect(FieldType field, int depth) =>
        !Signed.Contains(field.Name)
        && FieldAccess.Read(field) is not { Scope: null, IsAuthenticated: false, IsPublic: false }
        && (field.Arguments ?? []).All(argument => argument.Name == "id" || argument.ResolvedType is not NonNullGraphType)
        && (depth < MaxDepth || field.ResolvedType!.GetNamedType() is not IComplexGraphType);

    private static IComplexGraphType TypeBelow(IComplexGraphType type) => type is IInterfaceGraphType open
        ? open.PossibleTypes.OrderBy(possible => possible.Name, StringComparer.Ordinal).First()
        : type;
}
