namespace Equaticket.SchemaDiff;

/// <summary>
/// Tells in what two schemas differ, and what each difference means to clients. It judges as
/// <c>@graphql-inspector/core</c> does.
/// </summary>
public static class SchemaComparison
{
    /// <param name="before">The schema that clients were written for, in GraphQL's language.</param>
    /// <param name="after">The schema that they meet.</param>
    /// <exception cref="Engine.Errors.ApiError">One of them is no schema.</exception>
    public static IReadOnlyList<SchemaChange> Compare(string before, string after)
    {
        var (old, current) = (new SchemaReader("old").Read(before), new SchemaReader("new").Read(after));
        var changes = new Changes(new DefaultValues(old), new DefaultValues(current));
        DirectiveDiff.Compare(changes, old, current);
        RootDiff.Compare(changes, old, current);
        foreach (var (left, right) in Pairs.Of(
            SchemaReader.Types(old), SchemaReader.Types(current), type => type.Name.StringValue))
            TypeDiff.Compare(changes, left, right);
        return changes.All;
    }
}
