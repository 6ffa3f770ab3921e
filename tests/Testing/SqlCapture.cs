using System.Collections.Concurrent;
using System.Data.Common;
using Equaticket.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>Takes down the queries of one host as they go to the database, with their values.</summary>
public sealed class SqlCapture : DbCommandInterceptor
{
    private readonly ConcurrentQueue<SentSql> _sent = new();

    /// <summary>For <see cref="TestHost.StartAsync"/>.</summary>
    public void Attach(WebApplicationBuilder builder) =>
        builder.Services.ConfigureDbContext<EquaticketDbContext>(
            options => options.AddInterceptors(this));

    /// <returns>What was sent since the last call.</returns>
    public IReadOnlyList<SentSql> Take()
    {
        var sent = new List<SentSql>();
        while (_sent.TryDequeue(out var statement))
            sent.Add(statement);
        return sent;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        _sent.Enqueue(new SentSql(
            command.CommandText,
            [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}

/// <summary>A query as it was sent.</summary>
public sealed record SentSql(string Text, IReadOnlyList<NpgsqlParameter> Parameters);
