using Equaticket.Engine.Input;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Paging;

/// <summary>Adds the four connection arguments to a root field.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : GraphQLAttribute
{
    public override void Modify(FieldType fieldType, bool isInputType)
    {
        fieldType.Arguments ??= [];
        foreach (var argument in PageArguments.All())
            fieldType.Arguments.Add(argument);
    }
}

/// <summary>Fills a parameter from the four connection arguments.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromPageArgumentsAttribute : GraphQLAttribute
{
    public override void Modify(ArgumentInformation argumentInformation) =>
        argumentInformation.SetDelegate(PageRequest.From);
}

public static class PageArguments
{
    public static IEnumerable<QueryArgument> All() =>
    [
        Count("first", "The number of items to return from the start, or after a cursor. Defaults to 25 if "
            + "neither `first` nor `last` is given; give at most one of them."),
        Text("after", "Return the items that follow this cursor."),
        Count("last", "The number of items to return from the end, or before a cursor."),
        Text("before", "Return the items that precede this cursor."),
    ];

    private static QueryArgument Count(string name, string description) =>
        new QueryArgument<IntGraphType> { Name = name, Description = description }
            .HasRange(1, PageRequest.MaxLimit);

    private static QueryArgument Text(string name, string description) =>
        new QueryArgument<StringGraphType> { Name = name, Description = description }
            .HasFormat(Cursor.Format);
}
