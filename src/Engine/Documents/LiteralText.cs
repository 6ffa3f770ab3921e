using System.Text;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Equaticket.Engine.Documents;

/// <summary>
/// Writes literals so that equal values have equal text. The fields of an input object are unordered.
/// </summary>
internal static class LiteralText
{
    private static readonly SDLPrinter Printer = new();

    public static string Of(GraphQLValue value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private static void Write(GraphQLValue value, StringBuilder text)
    {
        if (value is GraphQLListValue list)
            Write(list, text);
        else if (value is GraphQLObjectValue given)
            Write(given, text);
        else
            text.Append(Printer.Print(value));
    }

    private static void Write(GraphQLListValue list, StringBuilder text)
    {
        text.Append('[');
        foreach (var item in list.Values ?? [])
        {
            Write(item, text);
            text.Append(',');
        }

        text.Append(']');
    }

    private static void Write(GraphQLObjectValue given, StringBuilder text)
    {
        text.Append('{');
        foreach (var field in (given.Fields ?? []).OrderBy(field => field.Name.StringValue, StringComparer.Ordinal))
        {
            text.Append(field.Name.StringValue).Append(':');
            Write(field.Value, text);
            text.Append(',');
        }

        text.Append('}');
    }
}
