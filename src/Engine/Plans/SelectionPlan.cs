using System.Text.Json;
using Equaticket.Engine.Execution;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Plans;

/// <summary>
/// The fields selected on an object of one type, in response order. Fields that depend only on the row are written
/// directly from it; the others get execution nodes and are resolved.
/// </summary>
/// <param name="fields">All selected fields.</param>
internal sealed class SelectionPlan(IReadOnlyList<SelectedField> fields)
{
    private readonly SelectedField[] _fields = [.. fields];

    /// <summary>The fields of an object outside a list that need a resolver.</summary>
    public IReadOnlyList<SelectedField> Resolved { get; } = [.. fields.Where(field => field.OfRow is null)];

    /// <summary>Whether the object can be written from its row only.</summary>
    public bool IsComplete => Resolved.Count == 0;

    /// <summary>Whether a list of objects can be written once the values of its batch fields are loaded.</summary>
    public bool IsLoadable { get; } = fields.All(field => field.InList is not null);

    public bool HasOnlyScalars { get; } = fields.All(field => field.Node.SelectionSet is null);

    public IReadOnlyList<SelectedField> Fields => _fields;

    /// <summary>The members of the row that the fields read; null if they may read any.</summary>
    public IReadOnlySet<string>? Members { get; } = RowMembers.Union(fields.Select(field => field.Members));

    /// <summary>See <see cref="RowMembers.OfPage"/>.</summary>
    public string? PageMembers { get; } = RowMembers.OfPage(fields);

    /// <summary>Whether the row fields of an object outside a list can be written.</summary>
    public bool Accepts(object row) => Accepts(row, field => field.OfRow, LoadedValues.None);

    /// <summary>Whether the object can be written.</summary>
    public bool Accepts(object row, LoadedValues loaded) => Accepts(row, field => field.InList, loaded);

    public bool AcceptsAll(IEnumerable<object?> rows, LoadedValues loaded)
    {
        foreach (var row in rows)
        {
            if (row is null || !Accepts(row, loaded))
                return false;
        }

        return true;
    }

    /// <summary>Loads the values of the batch fields, and of those in their values.</summary>
    /// <param name="rows">The rows of the list.</param>
    /// <param name="contextOf">Creates the context of a field.</param>
    /// <param name="loaded">Receives the values.</param>
    public async Task LoadAsync(
        IReadOnlyList<object> rows, Func<SelectedField, IResolveFieldContext> contextOf, LoadedValues loaded)
    {
        if (rows.Count == 0 || IsComplete)
            return;
        var loads = new List<Func<Task>>();
        foreach (var field in _fields)
        {
            if (field.InList is IBatchField batch)
                loads.Add(batch.Prepare(contextOf(field), rows, loaded));
        }

        foreach (var load in loads)
            await load();
        foreach (var field in _fields)
        {
            if (field.InList?.Plan is not { IsComplete: false } plan)
                continue;
            var objects = rows.SelectMany(row => Objects(field.InList, row, loaded)).ToList();
            await plan.LoadAsync(objects, contextOf, loaded);
        }
    }

    /// <summary>Writes an object of a list, or one with a complete plan.</summary>
    public void Write(ResultJson result, object row)
    {
        result.Json.WriteStartObject();
        foreach (var field in _fields)
        {
            if (result.Hides(field.Key))
                continue;
            result.Json.WritePropertyName(field.Name);
            field.InList!.Write(result, row);
        }

        result.Json.WriteEndObject();
    }

    /// <summary>Writes the objects of a list.</summary>
    public void WriteAll(ResultJson result, IEnumerable<object> rows)
    {
        result.Json.WriteStartArray();
        foreach (var row in rows)
            Write(result, row);
        result.Json.WriteEndArray();
    }

    /// <param name="result">The writer.</param>
    /// <param name="row">The row of an object outside a list.</param>
    /// <param name="resolved">The nodes of <see cref="Resolved"/>.</param>
    public void WriteFields(ResultJson result, object row, ExecutionNode[] resolved)
    {
        var next = 0;
        foreach (var field in _fields)
        {
            var node = field.OfRow is null ? resolved[next++] : null;
            if (result.Hides(field.Key))
                continue;
            result.Json.WritePropertyName(field.Name);
            if (node is null)
                field.OfRow!.Write(result, row);
            else
                result.Write(node);
        }
    }

    private bool Accepts(object row, Func<SelectedField, RowField?> fieldOf, LoadedValues loaded)
    {
        try
        {
            foreach (var field in _fields)
            {
                if (fieldOf(field)?.Accepts(row, loaded) == false)
                    return false;
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static IEnumerable<object> Objects(RowField field, object row, LoadedValues loaded) =>
        field.Value(row, loaded) switch
        {
            null => [],
            IEnumerable<object> items => items,
            var item => [item],
        };

    public SelectedField? Find(string key) => Array.Find(_fields, field => field.Key == key);
}

/// <summary>A field of a selection, merged from all selections with the same key.</summary>
/// <param name="Key">The alias or the name.</param>
/// <param name="Node">The merged field of the document.</param>
/// <param name="Source">The field of the document whose arguments were coerced.</param>
/// <param name="Type">The schema's definition.</param>
/// <param name="OfRow">Writes it from the row; null if that isn't enough.</param>
/// <param name="InList">
/// Writes it once its list is loaded; null if it is resolved. The same as <c>OfRow</c> if that isn't null.
/// </param>
/// <param name="Members">The members of the row that it reads; null if it may read any.</param>
internal sealed record SelectedField(
    string Key,
    GraphQLField Node,
    GraphQLField Source,
    FieldType Type,
    RowField? OfRow,
    RowField? InList,
    IReadOnlySet<string>? Members)
{
    /// <summary>The key as JSON.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(Key, ResultJson.Options.Encoder);
}
