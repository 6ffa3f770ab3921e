using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>Explains a statement as the server may plan a prepared one: without its parameter values.</summary>
public static class GenericPlan
{
    /// <param name="connection">The connection to plan on.</param>
    /// <param name="options">The options of <c>EXPLAIN</c>.</param>
    /// <param name="sent">The statement.</param>
    /// <returns>The plan as JSON.</returns>
    public static async Task<string> ExplainAsync(NpgsqlConnection connection, string options, SentSql sent)
    {
        var (text, types, values) = (sent.Text, new List<string>(), new List<string>());
        foreach (var parameter in sent.Parameters)
        {
            // An unnamed parameter already has a number in the text; another may belong to the next statement.
            var place = $@"@{parameter.ParameterName.TrimStart('@')}\b";
            if (parameter.ParameterName.Length > 0 && !Regex.IsMatch(text, place))
                continue;
            types.Add(TypeOf(parameter.Value));
            values.Add(Literal(parameter.Value));
            text = Regex.Replace(text, place, $"$${values.Count}");
        }

        await ExecuteAsync(connection, "SET plan_cache_mode = force_generic_plan");
        var parameters = types.Count == 0 ? "" : $"({string.Join(", ", types)})";
        await ExecuteAsync(connection, $"PREPARE sent {parameters} AS {text}");
        var execute = values.Count == 0 ? "EXECUTE sent" : $"EXECUTE sent({string.Join(", ", values)})";
        await using var command = new NpgsqlCommand($"EXPLAIN ({options}, FORMAT JSON) {execute}", connection);
        var plan = (string)(await command.ExecuteScalarAsync())!;
        await ExecuteAsync(connection, "DEALLOCATE sent; RESET plan_cache_mode");
        return plan;
    }

    private static string Literal(object? value) =>
        value is null or DBNull ? "NULL" : $"'{Text(value).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Text(object value) => value switch
    {
        byte[] bytes => $"\\x{Convert.ToHexString(bytes)}",
        DateTimeOffset or DateTime => string.Create(CultureInfo.InvariantCulture, $"{value:O}"),
        IEnumerable items and not string => $"{{{string.Join(',', items.Cast<object?>().Select(Item))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Item(object? value) => value is null ? "NULL" : $"\"{Escaped(Text(value))}\"";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>The type of an array, which the server doesn't always infer.</summary>
    private static string TypeOf(object? value) => value switch
    {
        string or byte[] => "unknown",
        IEnumerable<Guid> => "uuid[]",
        IEnumerable<int> or IEnumerable<int?> => "integer[]",
        IEnumerable<DateTimeOffset> or IEnumerable<DateTimeOffset?> or IEnumerable<DateTime> => "timestamptz[]",
        IEnumerable<string> => "text[]",
        _ => "unknown",
    };

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
