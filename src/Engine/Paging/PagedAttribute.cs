using Equaticket.Engine.Input;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Engine.Paging;

/// <summary>Gives a root field the four arguments of a connection.</summary>
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

/// <summary>Fills a parameter from the four arguments of a connection.</summary>
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
        Count("first", "How many rows to return from the start, or after a cursor. 25 when neither "
            + "`first` nor `last` is given; not both."),
        Text("after", "Return the rows that follow this cursor."),
        Count("last", "How many rows to return from the end, or before a cursor."),
        Text("before", "Return the rows that come before this cursor."),
    ];

    private static QueryArgument Count(string name, string description) =>
        new QueryArgument<IntGraphType> { Name = name, Description = description }
            .HasRange(1, PageRequest.MaxLimit);

    private static QueryArgument Text(string name, string description) =>
        new QueryArgument<StringGraphType> { Name = name, Description = description }
            .HasFormat(Cursor.Format);
}
