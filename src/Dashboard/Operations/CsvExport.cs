using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Operations;

/// <summary>Streams all rows of a list as CSV, page by page.</summary>
/// <param name="runner">Reads the pages.</param>
/// <param name="operation">A query whose only root field is the list and that takes a <c>cursor</c>.</param>
/// <param name="name">The file name.</param>
internal sealed class CsvExport(PageRunner runner, PageOperation operation, string name) : IActionResult
{
    /// <summary>The query string parameter that requests the export.</summary>
    public const string Parameter = "export";

    private const string Cursor = "cursor";

    /// <summary>Spreadsheets treat a cell that starts with one of these as a formula.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var variables = operation.Bind(
            context.RouteData.Values, http.Request.Query.Where(field => field.Key != Cursor));
        var list = await ReadAsync(http, variables);
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        var columns = Columns(operation.Operation.Definition.SelectionSet).ToList();
        await WriteAsync(http, [string.Join(',', columns.Select(Heading))]);
        while (true)
        {
            await WriteAsync(http, list["nodes"].Items.Select(row => string.Join(
                ',', columns.Select(column => Cell(column.Aggregate(row, (node, field) => node[field]))))));
            if (!list["pageInfo"]["hasNextPage"].IsTrue)
                return;
            variables[Cursor] = list["pageInfo"]["endCursor"].Text;
            list = await ReadAsync(http, variables);
        }
    }

    private async Task<ResultNode> ReadAsync(HttpContext http, Dictionary<string, object?> variables)
    {
        var result = await runner.RunAsync(http, operation, variables);
        return result.Error is { } error ? throw error : result.Data.Root;
    }

    private static async Task WriteAsync(HttpContext http, IEnumerable<string> lines)
    {
        await http.Response.WriteAsync(string.Concat(lines.Select(line => $"{line}\r\n")), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <returns>The paths of a row's fields.</returns>
    private static IEnumerable<string[]> Columns(GraphQLSelectionSet selection)
    {
        var list = selection.Selections.OfType<GraphQLField>().Single();
        return list.SelectionSet!.Selections.OfType<GraphQLField>()
            .Single(field => field.Name.StringValue == "nodes")
            .SelectionSet!.Selections.OfType<GraphQLField>().SelectMany(Paths);
    }

    private static IEnumerable<string[]> Paths(GraphQLField field)
    {
        var name = (field.Alias?.Name ?? field.Name).StringValue;
        return field.SelectionSet is null
            ? [[name]]
            : field.SelectionSet.Selections.OfType<GraphQLField>()
                .SelectMany(Paths).Select(path => (string[])[name, .. path]);
    }

    private static string Heading(string[] path) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(string.Join('_', path));

    private static string Cell(ResultNode value)
    {
        if (value.IsNull)
            return "";
        if (value.Json.ValueKind != JsonValueKind.String)
            return value.Json.GetRawText();
        var text = value.Text;
        if (text.Length > 0 && Formula.Contains(text[0]))
            text = $"'{text}";
        return text.AsSpan().ContainsAny(Quoted)
            ? new StringBuilder(text).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString()
            : text;
    }
}
