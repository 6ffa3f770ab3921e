using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>
/// Logs every statement that one host sends through its data source, by Entity Framework Core or not,
/// with its parameters.
/// </summary>
public sealed partial class StatementLog
{
    private readonly ConcurrentQueue<SentSql> _sent = new();

    static StatementLog() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == "Npgsql",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            ActivitySamplingResult.AllDataAndRecorded,
    });

    /// <summary>Attaches to a host; for <see cref="TestHost.StartAsync"/>.</summary>
    /// <param name="builder">The builder of the host.</param>
    /// <param name="connectionString">The database of the host.</param>
    public void Attach(WebApplicationBuilder builder, string connectionString)
    {
        var source = new NpgsqlDataSourceBuilder(connectionString);
        source.ConnectionStringBuilder.Timezone = "UTC";
        source.ConfigureTracing(tracing => tracing
            .ConfigureCommandEnrichmentCallback((_, command) => Add(command.CommandText, command.Parameters))
            .ConfigureBatchEnrichmentCallback((_, batch) =>
            {
                foreach (var command in batch.BatchCommands)
                    Add(command.CommandText, command.Parameters);
            }));
        builder.Services.AddSingleton(_ => source.Build());
    }

    /// <returns>The statements since the last call, including each statement of a batch.</returns>
    public IReadOnlyList<SentSql> Take()
    {
        var sent = new List<SentSql>();
        while (_sent.TryDequeue(out var statement))
            sent.Add(statement);
        return sent;
    }

    private void Add(string text, DbParameterCollection given)
    {
        var parameters = given.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone()).ToList();
        foreach (var statement in Ends().Split(text))
        {
            if (Planned().IsMatch(statement))
                _sent.Enqueue(new SentSql(statement, parameters));
        }
    }

    [GeneratedRegex(@";\s*(?:\n|\z)")]
    private static partial Regex Ends();

    /// <summary>Matches statements that the server plans, with or without a leading comment tag.</summary>
    [GeneratedRegex(@"\A(?:--.*\n|\s)*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b")]
    private static partial Regex Planned();
}
