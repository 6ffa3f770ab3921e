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
/// with its values.
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

    /// <summary>For <see cref="TestHost.StartAsync"/>.</summary>
    /// <param name="builder">The host's.</param>
    /// <param name="connectionString">The host's database.</param>
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

    /// <returns>What was sent since the last call; of a batch, each statement.</returns>
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

    /// <summary>What the server makes a plan for, with or without a tag before it.</summary>
    [GeneratedRegex(@"\A(?:--.*\n|\s)*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b")]
    private static partial Regex Planned();
}
