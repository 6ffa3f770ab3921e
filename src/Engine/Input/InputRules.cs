using System.Collections;
using Equaticket.Engine.Errors;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Equaticket.Engine.Input;

/// <summary>
/// Enforces the input directives, and the rules of every text: no U+0000, leading and trailing whitespace trimmed,
/// one line unless <c>@length</c> allows more. Blank text becomes null if <c>@length</c> allows 0 characters;
/// otherwise it is an error, because treating it as absent would make a blank cursor return the first page, and a
/// blank filter all rows. Ids become <see cref="Guid"/>s.
/// </summary>
/// <remarks>
/// GraphQL.NET calls the parser of an input field or argument for each non-null value,
/// literal or variable.
/// </remarks>
public sealed class InputRules : BaseSchemaNodeVisitor
{
    public override void VisitInputObjectFieldDefinition(
        FieldType field, IInputObjectGraphType type, ISchema schema) =>
        field.Parser = Build(field, field.Name, field.ResolvedType!) ?? field.Parser;

    public override void VisitObjectFieldArgumentDefinition(
        QueryArgument argument, FieldType field, IObjectGraphType type, ISchema schema) =>
        argument.Parser = Build(argument, argument.Name, argument.ResolvedType!) ?? argument.Parser;

    private static Func<object, object>? Build(
        IMetadataReader member, string name, IGraphType type) =>
        (RequiredItems.Rule(type), Rule(member, type)) switch
        {
            (null, null) => null,
            (null, { } rule) => value => Named(rule, value, name)!,
            ({ } items, null) => value => Named(items, value, name)!,
            ({ } items, { } rule) => value => Named(given => rule(items(given)), value, name)!,
        };

    private static object? Named(Func<object, object?> rule, object value, string name)
    {
        try
        {
            return rule(value);
        }
        catch (InvalidInputException refusal)
        {
            throw new InvalidInputException(refusal.Message, name);
        }
    }

    private static Func<object, object?>? Rule(IMetadataReader member, IGraphType type)
    {
        var range = InputDirectives.BoundsOf(member, InputDirectives.Range);
        var named = type.GetNamedType();
        if (InputDirectives.ListBoundsOf(member) is { } bounds)
        {
            return named is IdGraphType
                ? value => Ids.ReadAll(InBounds((IEnumerable)value, bounds))
                : value => InBounds((IEnumerable)value, bounds);
        }

        return named switch
        {
            StringGraphType when IsList(type) => null,
            StringGraphType => Text(InputDirectives.TextRuleOf(member)),
            IdGraphType when IsList(type) => value => Ids.ReadAll(SoundItems((IEnumerable)value)),
            IdGraphType => value => Ids.Read(TextRules.Sound(value.ToString()!)),
            ScalarGraphType when range is var (min, max) =>
                value => InRange(value, min, max),
            _ => null,
        };
    }

    private static bool IsList(IGraphType type) =>
        (type is NonNullGraphType required ? required.ResolvedType : type) is ListGraphType;

    private static Func<object, object?> Text(TextRule rule) => rule.Format?.Decode is { } decode
        ? value => rule.Read((string)value) is { } text ? decode(text) : null
        : value => rule.Read((string)value);

    private static IEnumerable SoundItems(IEnumerable value)
    {
        foreach (var id in value.OfType<string>())
            TextRules.Sound(id);
        return value;
    }

    private static IEnumerable InBounds(IEnumerable value, ListBounds bounds)
    {
        SoundItems(value);
        var items = value.Cast<object?>().ToList();
        if (items.Count < bounds.Min || items.Count > bounds.Max)
        {
            throw new InvalidInputException(bounds.Max is { } max
                ? $"This must have {bounds.Min} to {max} items."
                : $"This must have at least {bounds.Min} item.");
        }

        // Ids are case-insensitive.
        return bounds.AreUnique
            && items.DistinctBy(item => item is string id ? id.ToUpperInvariant() : item).Count() < items.Count
            ? throw new InvalidInputException("This must not contain duplicates.")
            : value;
    }

    private static object InRange(object value, int min, int max) =>
        Convert.ToInt64(value) is var number && (number < min || number > max)
            ? throw new InvalidInputException($"This must be between {min} and {max}.")
            : value;
}

/// <summary>
/// Rejects null items in lists of non-null items. Validation and coercion catch most of them,
/// but a nullable variable with a default is allowed as an item, and may still be null.
/// </summary>
internal static class RequiredItems
{
    /// <returns>A check of coerced values of the type, or null if items may be null.</returns>
    public static Func<object, object>? Rule(IGraphType type) => type switch
    {
        NonNullGraphType required => Rule(required.ResolvedType!),
        ListGraphType { ResolvedType: NonNullGraphType } => Require,
        _ => null,
    };

    private static object Require(object value) =>
        ((IEnumerable)value).Cast<object?>().Contains(null)
            ? throw new InvalidInputException(InputReasons.Required)
            : value;
}
