using GraphQLParser.AST;

namespace Equaticket.SchemaDiff;

/// <summary>Compares the definitions of types.</summary>
internal static class TypeDiff
{
    public static void Compare(
        Changes changes, string name, GraphQLTypeDefinition? before, GraphQLTypeDefinition? after)
    {
        if (after is null)
        {
            changes.Breaking(
                name,
                $"The type {name} was removed.",
                "Clients may use it in fragments and variables. Deprecate what returns it first.");
            return;
        }

        if (before is null)
            changes.Safe(name, $"The type {name} was added.");
        changes.Description(name, before, after);
        if (before is not null && before.Kind != after.Kind)
        {
            changes.Breaking(
                name,
                $"The kind of {name} changed from {before.Kind} to {after.Kind}.",
                "Documents that use it become invalid. Add a type with another name.");
            return;
        }

        CompareMembers(changes, before, after);
        UsageDiff.Compare(
            changes,
            name,
            (before as IHasDirectivesNode)?.Directives,
            (after as IHasDirectivesNode)?.Directives,
            before is null);
    }

    private static void CompareMembers(
        Changes changes, GraphQLTypeDefinition? before, GraphQLTypeDefinition after)
    {
        switch (after)
        {
            case GraphQLObjectTypeDefinition type:
                var old = before as GraphQLObjectTypeDefinition;
                CompareInterfaces(changes, type, old?.Interfaces, type.Interfaces, before is null);
                FieldDiff.Compare(changes, type, old?.Fields, type.Fields);
                break;
            case GraphQLInterfaceTypeDefinition type:
                var oldInterface = before as GraphQLInterfaceTypeDefinition;
                CompareInterfaces(
                    changes, type, oldInterface?.Interfaces, type.Interfaces, before is null);
                FieldDiff.Compare(changes, type, oldInterface?.Fields, type.Fields);
                break;
            case GraphQLInputObjectTypeDefinition type:
                InputDiff.Compare(changes, (GraphQLInputObjectTypeDefinition?)before, type);
                break;
            case GraphQLEnumTypeDefinition type:
                EnumDiff.Compare(changes, (GraphQLEnumTypeDefinition?)before, type);
                break;
            case GraphQLUnionTypeDefinition type:
                CompareUnion(changes, (GraphQLUnionTypeDefinition?)before, type);
                break;
        }
    }

    private static void CompareInterfaces(
        Changes changes,
        GraphQLTypeDefinition type,
        GraphQLImplementsInterfaces? before,
        GraphQLImplementsInterfaces? after,
        bool isNew)
    {
        var name = type.Name.StringValue;
        foreach (var (parent, old, current) in Pairs.Of(before?.Items, after?.Items))
        {
            if (current is null)
            {
                changes.Breaking(
                    name,
                    $"{name} no longer implements {parent}.",
                    "Fragments on the interface no longer match it. Keep it.");
            }
            else if (old is null && !isNew)
            {
                changes.Dangerous(
                    name,
                    $"{name} now implements {parent}.",
                    "Where the interface is returned, clients may receive a type that they do not know.");
            }
        }
    }

    private static void CompareUnion(
        Changes changes, GraphQLUnionTypeDefinition? before, GraphQLUnionTypeDefinition after)
    {
        var name = after.Name.StringValue;
        foreach (var (member, old, current) in Pairs.Of(before?.Types?.Items, after.Types?.Items))
        {
            if (current is null)
            {
                changes.Breaking(
                    name,
                    $"{member} was removed from the union {name}.",
                    "Fragments on it become invalid there. Keep it, and stop returning it.");
            }
            else if (old is null && before is not null)
            {
                changes.Dangerous(
                    name,
                    $"{member} was added to the union {name}.",
                    "Clients may receive a type that they do not know.");
            }
        }
    }
}
