using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using Equaticket.Engine.Plans;
using Equaticket.Engine.Scalars;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;

namespace Equaticket.Engine.Execution;

/// <summary>Writes the result tree of an operation as JSON, directly from its nodes.</summary>
/// <param name="json">The writer.</param>
/// <param name="useWireNames">Whether enum values use their REST names instead of GraphQL names.</param>
public sealed class ResultJson(Utf8JsonWriter json, bool useWireNames)
{
    /// <summary>
    /// Escapes only what JSON requires. Bodies are sent as JSON, never inside HTML.
    /// </summary>
    public static JsonWriterOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    internal Utf8JsonWriter Json => json;

    internal bool UseWireNames => useWireNames;

    /// <summary>The values loaded for the list that is being written.</summary>
    internal LoadedValues Loaded { get; init; } = LoadedValues.None;

    public void Write(ExecutionNode node)
    {
        switch (node)
        {
            case PlannedObject { Plan: { } plan, SubFields: { } fields }:
                json.WriteStartObject();
                plan.WriteFields(this, node.Result!, fields);
                json.WriteEndObject();
                break;
            case PlannedList { Plan: { } plan, SerializedResult: IEnumerable<object> rows } list:
                plan.WriteAll(new ResultJson(json, useWireNames) { Loaded = list.Loaded }, rows);
                break;
            case ValueExecutionNode { Result: { } value }:
                WriteValue(value, node.GraphType);
                break;
            case ObjectExecutionNode { SubFields: { } fields }:
                json.WriteStartObject();
                WriteFields(fields);
                json.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(item);
                json.WriteEndArray();
                break;
            case ArrayExecutionNode { SerializedResult: { } values }:
                WriteList(values, node.GraphType.GetNamedType());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>
    /// Whether a field is for the endpoint (headers) rather than the body: in REST, if its alias starts with an
    /// underscore.
    /// </summary>
    internal bool Hides(string key) => useWireNames && key[0] == '_';

    internal void WriteFields(ExecutionNode[] fields)
    {
        foreach (var field in fields)
        {
            if (Hides(field.Name!))
                continue;
            json.WritePropertyName(field.Name!);
            Write(field);
        }
    }

    /// <param name="values">Serialized by their type; null for no list.</param>
    /// <param name="itemType">The type of the items.</param>
    internal void WriteList(IEnumerable? values, IGraphType itemType)
    {
        if (values is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        foreach (var value in values)
        {
            if (value is null)
                json.WriteNullValue();
            else
                WriteValue(value, itemType);
        }

        json.WriteEndArray();
    }

    internal void WriteValue(object value, IGraphType? type)
    {
        switch (value)
        {
            case string text when useWireNames && type is IWireSpelling wireEnum:
                json.WriteStringValue(wireEnum.ToWireName(text));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case RawJson raw:
                json.WriteRawValue(raw.Text);
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                WritePairs(pairs);
                break;
            default:
                throw new NotSupportedException($"No JSON is defined for {value.GetType()}.");
        }
    }

    private void WritePairs(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        json.WriteStartObject();
        foreach (var (name, value) in pairs)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
