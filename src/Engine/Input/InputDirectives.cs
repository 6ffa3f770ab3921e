using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Input;

/// <summary>
/// The rules of input fields and arguments. They are declared once, as directives, which the schema prints,
/// <see cref="InputRules"/> enforces and the OpenAPI document shows.
/// </summary>
public static class InputDirectives
{
    public const string Length = "length";
    public const string Range = "range";
    public const string Format = "format";
    public const string Set = "set";
    public const string Items = "items";

    private const string Min = "min";
    private const string Max = "max";
    private const string Multiline = "multiline";
    private const string Name = "name";
    private const string MostAllowed = "The maximum, inclusive.";

    /// <param name="formats">Describes the formats of <c>@format</c>, for integrators.</param>
    public static IEnumerable<Directive> All(string formats) =>
    [
        new InputDirective(
            Length,
            "The length of a string in characters (Unicode code points), after leading and trailing white "
            + "space is trimmed. A string of only whitespace and format characters (category Cf, such as "
            + "U+200B) has length 0, and a string of length 0 is treated as null.",
            Bound<IntGraphType>(Min),
            Bound<IntGraphType>(Max),
            new QueryArgument<BooleanGraphType>
            {
                Name = Multiline,
                Description = "Whether the string may have multiple lines. If false, it must not contain "
                    + "control characters, U+2028 or U+2029.",
                DefaultValue = false,
            }),
        new InputDirective(
            Range,
            "The range of allowed values.",
            Bound<IntGraphType>(Min), Bound<IntGraphType>(Max)),
        new InputDirective(
            Format,
            formats,
            new QueryArgument<NonNullGraphType<StringGraphType>>
            {
                Name = Name,
                Description = "The name of the format.",
            }),
        new InputDirective(
            Set,
            "A list without duplicates, of at least `min` items.",
            Bound<IntGraphType>(Min)),
        new InputDirective(
            Items,
            "The number of items in a list. Without `max`, there is no upper bound.",
            Bound<IntGraphType>(Min),
            new QueryArgument<IntGraphType> { Name = Max, Description = MostAllowed }),
    ];

    public static T HasLength<T>(this T member, int min, int max)
        where T : IMetadataWriter => member.HasBounds(Length, min, max);

    /// <summary>Allows several lines.</summary>
    public static T HasLines<T>(this T member, int min, int max)
        where T : IMetadataWriter => member.HasBounds(
            Length, min, max, new DirectiveArgument(Multiline) { Value = true });

    public static T HasRange<T>(this T member, int min, int max)
        where T : IMetadataWriter => member.HasBounds(Range, min, max);

    public static T HasFormat<T>(this T member, TextFormat format)
        where T : IMetadataWriter
    {
        member.WithMetadata(nameof(TextFormat), format);
        return member.ApplyDirective(Format, Name, format.Name);
    }

    public static T IsSet<T>(this T member, int min)
        where T : IMetadataWriter => member.ApplyDirective(Set, Min, min);

    public static T HasItems<T>(this T member, int min, int? max = null)
        where T : IMetadataWriter => member.ApplyDirective(Items, applied =>
        {
            applied.AddArgument(new DirectiveArgument(Min) { Value = min });
            if (max is not null)
                applied.AddArgument(new DirectiveArgument(Max) { Value = max });
        });

    /// <returns>The bounds from the directive, or null if the member lacks it.</returns>
    public static (int Min, int Max)? BoundsOf(IMetadataReader member, string directive) =>
        member.FindAppliedDirective(directive) is { } applied
            ? ((int)applied.FindArgument(Min)!.Value!, (int)applied.FindArgument(Max)!.Value!)
            : null;

    /// <returns>The allowed number of items, or null if the member has no such rule.</returns>
    public static ListBounds? ListBoundsOf(IMetadataReader member) =>
        (member.FindAppliedDirective(Set) ?? member.FindAppliedDirective(Items)) is { } applied
            ? new ListBounds(
                (int)applied.FindArgument(Min)!.Value!,
                (int?)applied.FindArgument(Max)?.Value,
                AreUnique: applied.Name == Set)
            : null;

    /// <returns>The text rules of a member.</returns>
    public static TextRule TextRuleOf(IMetadataReader member) => new(
        BoundsOf(member, Length),
        member.GetMetadata<TextFormat?>(nameof(TextFormat)),
        member.FindAppliedDirective(Length)?.FindArgument(Multiline)?.Value is true);

    private static T HasBounds<T>(
        this T member, string directive, int min, int max, params DirectiveArgument[] more)
        where T : IMetadataWriter =>
        member.ApplyDirective(directive, applied =>
        {
            applied.AddArgument(new DirectiveArgument(Min) { Value = min });
            applied.AddArgument(new DirectiveArgument(Max) { Value = max });
            foreach (var argument in more)
                applied.AddArgument(argument);
        });

    private static QueryArgument Bound<TType>(string name)
        where TType : IGraphType => new QueryArgument<NonNullGraphType<TType>>
        {
            Name = name,
            Description = name == Min ? "The minimum, inclusive." : MostAllowed,
        };

    private sealed class InputDirective : Directive
    {
        public InputDirective(string name, string description, params QueryArgument[] arguments)
            : base(name, DirectiveLocation.InputFieldDefinition, DirectiveLocation.ArgumentDefinition)
        {
            Description = description;
            Arguments = new QueryArguments(arguments);
        }

        public override bool? Introspectable => true;
    }
}

/// <summary>The constraints of a list.</summary>
/// <param name="Min">The minimum number of items.</param>
/// <param name="Max">The maximum number of items; null for no upper bound.</param>
/// <param name="AreUnique">Whether duplicates are forbidden.</param>
public sealed record ListBounds(int Min, int? Max, bool AreUnique);

/// <summary>Puts <c>@set</c> on an argument of a root field.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InputSetAttribute(int min) : GraphQLAttribute
{
    public override void Modify(QueryArgument queryArgument) => queryArgument.IsSet(min);
}

/// <summary>Puts <c>@range</c> on an argument of a root field.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InputRangeAttribute(int min, int max) : GraphQLAttribute
{
    public override void Modify(QueryArgument queryArgument) => queryArgument.HasRange(min, max);
}

/// <summary>Puts <c>@length</c> on an argument of a root field.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class InputLengthAttribute(int min, int max) : GraphQLAttribute
{
    /// <summary>Whether the text may have several lines.</summary>
    public bool IsMultiline { get; init; }

    public override void Modify(QueryArgument queryArgument) =>
        _ = IsMultiline ? queryArgument.HasLines(min, max) : queryArgument.HasLength(min, max);
}
