using System.Text.Json;
using Equaticket.Engine.Execution;
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

    /// <summary>The fields that need a resolver.</summary>
    public IReadOnlyList<SelectedField> Resolved { get; } = [.. fields.Where(field => field.OfRow is null)];

    /// <summary>Whether the object can be written from its row only.</summary>
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

    /// <summary>Writes an object with a complete plan.</summary>
    public void Write(Utf8JsonWriter json, object row, bool useWireNames)
    {
        json.WriteStartObject();
        WriteFields(new ResultJson(json, useWireNames), row, []);
        json.WriteEndObject();
    }

    /// <summary>Writes objects with a complete plan.</summary>
    public void WriteAll(Utf8JsonWriter json, IEnumerable<object> rows, bool useWireNames)
    {
        json.WriteStartArray();
        foreach (var row in rows)
            Write(json, row, useWireNames);
        json.WriteEndArray();
    }

    /// <param name="result">The writer.</param>
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

/// <summary>A field of a selection, merged from all selections with the same key.</summary>
/// <param name="Key">The alias or the name.</param>
/// <param name="Node">The merged field of the document.</param>
/// <param name="Source">The field of the document whose arguments were coerced.</param>
/// <param name="Type">The schema's definition.</param>
/// <param name="OfRow">Writes it from the row; null if it is resolved.</param>
internal sealed record SelectedField(
    string Key, GraphQLField Node, GraphQLField Source, FieldType Type, RowField? OfRow)
{
    /// <summary>The key as JSON.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(Key, ResultJson.Options.Encoder);
}
