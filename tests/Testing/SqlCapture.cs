using System.Collections.Concurrent;
using System.Data.Common;
using Equaticket.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Equaticket.Testing;

/// <summary>
/// Records the queries that requests to one host send to the database, with their parameters, but not the queries
/// of background jobs.
/// </summary>
public sealed class SqlCapture : DbCommandInterceptor, IRowQueryObserver, IStartupFilter
{
    private readonly ConcurrentQueue<SentSql> _sent = new();
    private readonly AsyncLocal<bool> _insideRequest = new();

    /// <summary>Attaches to a host; for <see cref="TestHost.StartAsync"/>.</summary>
    public void Attach(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartupFilter>(this);
        builder.Services.ConfigureDbContext<EquaticketDbContext>(
            options => options.AddInterceptors(this));
    }

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            _insideRequest.Value = true;
            return following(context);
        });
        next(app);
    };

    /// <returns>The queries since the last call.</returns>
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
        Note(command.CommandText, command.Parameters);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public void Sending(NpgsqlBatchCommand command) => Note(command.CommandText, command.Parameters);

    private void Note(string text, DbParameterCollection parameters)
    {
        if (_insideRequest.Value)
        {
            _sent.Enqueue(new SentSql(
                text, [.. parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
        }
    }
}

/// <summary>A query as sent.</summary>
public sealed record SentSql(string Text, IReadOnlyList<NpgsqlParameter> Parameters);
