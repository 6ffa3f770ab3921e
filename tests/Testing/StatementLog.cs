using System.Collections.Concurrent;
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
        source.ConfigureTracing(tracing =>
            tracing.ConfigureCommandEnrichmentCallback((_, command) => Add(command)));
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

    private void Add(NpgsqlCommand command)
    {
        var parameters = command.Parameters.Cast<NpgsqlParameter>()
            .Select(parameter => parameter.Clone()).ToList();
        foreach (var statement in Ends().Split(command.CommandText))
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
