namespace Equaticket.SchemaDiff;

/// <summary>
/// Finds the differences between two schemas and their effect on clients, with the same severities as
/// <c>@graphql-inspector/core</c>.
/// </summary>
public static class SchemaComparison
{
    /// <param name="before">The schema that clients were written for, in SDL.</param>
    /// <param name="after">The new schema.</param>
    /// <exception cref="Engine.Errors.ApiError">One of the texts is not a schema.</exception>
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
