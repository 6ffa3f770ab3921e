using System.Text.Json;
using Equaticket.Engine.Execution;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Engine.Plans;

/// <summary>
/// The fields that are selected of an object of one type, in the order of the answer. Those that are functions of the
/// row are written straight from it; the others get execution nodes and are resolved.
/// </summary>
/// <param name="fields">All of the fields.</param>
internal sealed class SelectionPlan(IReadOnlyList<SelectedField> fields)
{
    private readonly SelectedField[] _fields = [.. fields];

    /// <summary>The fields with a resolver of their own.</summary>
    public IReadOnlyList<SelectedField> Resolved { get; } = [.. fields.Where(field => field.OfRow is null)];

    /// <summary>Whether the row is all it takes to write the object.</summary>
    public bool IsComplete => Resolved.Count == 0;

    public IReadOnlyList<SelectedField> Fields => _fields;

    /// <summary>Whether the row fields of this row can be written.</summary>
    public bool Accepts(object row)
    {
        try
        {
            foreach (var field in _fields)
            {
                if (field.OfRow?.Accepts(row) == false)
                    return false;
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public bool AcceptsAll(IEnumerable<object?> rows)
    {
        foreach (var row in rows)
        {
            if (row is null || !Accepts(row))
                return false;
        }

        return true;
    }

    /// <summary>Writes an object of a complete plan.</summary>
    public void Write(Utf8JsonWriter json, object row, bool useWireNames)
    {
        json.WriteStartObject();
        WriteFields(new ResultJson(json, useWireNames), row, []);
        json.WriteEndObject();
    }

    /// <summary>Writes the objects of a complete plan.</summary>
    public void WriteAll(Utf8JsonWriter json, IEnumerable<object> rows, bool useWireNames)
    {
        json.WriteStartArray();
        foreach (var row in rows)
            Write(json, row, useWireNames);
        json.WriteEndArray();
    }

    /// <param name="result">Where to write.</param>
    /// <param name="row">The row.</param>
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
                field.OfRow!.Write(result.Json, row, result.UseWireNames);
            else
                result.Write(node);
        }
    }

    public SelectedField? Find(string key) => Array.Find(_fields, field => field.Key == key);
}

/// <summary>A field of a selection, with all selections of that key merged.</summary>
/// <param name="Key">The alias, or the name.</param>
/// <param name="Node">The merged field of the document.</param>
/// <param name="Source">The field of the document that holds the arguments.</param>
/// <param name="Type">The schema's definition.</param>
/// <param name="OfRow">How it is written from the row; null if it is resolved.</param>
internal sealed record SelectedField(
    string Key, GraphQLField Node, GraphQLField Source, FieldType Type, RowField? OfRow)
{
    /// <summary>The key as JSON.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(Key, ResultJson.Options.Encoder);
}
