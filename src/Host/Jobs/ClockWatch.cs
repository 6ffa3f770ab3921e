using System.Diagnostics.Metrics;
using Equaticket.Persistence;
using Npgsql;

namespace Equaticket.Host.Jobs;

/// <summary>Keeps the <see cref="DatabaseClock"/> in step, and warns while this host's clock is wrong.</summary>
internal sealed class ClockWatch : BackgroundService
{
    private const double NotableSeconds = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly DatabaseClock _clock;
    private readonly NpgsqlDataSource _database;
    private readonly ILogger<ClockWatch> _log;
    private double _offset = double.NaN;
    private bool _hasWarned;

    public ClockWatch(DatabaseClock clock, NpgsqlDataSource database, ILogger<ClockWatch> log, IMeterFactory meters)
    {
        (_clock, _database, _log) = (clock, database, log);
        meters.Create(Schema.Execution.Telemetry.MeterName).CreateObservableGauge(
            "equaticket.clock.offset",
            Offset, "s", "How far the server's clock is ahead of the database's.");
    }

    /// <summary>Adopts the database's clock before the host accepts requests.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(double.IsNaN(_offset) ? Pause : Interval, stoppingToken);
            await TryReadAsync(stoppingToken);
        }
    }

    /// <summary>Without the database there is nothing that needs its clock, and others report that it is away.</summary>
    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        hang.CancelAfter(Patience);
        try
        {
            _offset = (await _clock.SynchronizeAsync(_database, hang.Token)).TotalSeconds;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            _offset = double.NaN;
            return;
        }

        var isWrong = Math.Abs(_offset) >= NotableSeconds;
        if (isWrong && !_hasWarned)
        {
            _log.LogWarning(
                "This server's clock differs from the database's by {Seconds:0.0} s. The server uses the database's "
                + "clock. Check the time synchronization of both machines.", _offset);
        }
        else if (!isWrong && _hasWarned)
        {
            _log.LogInformation("This server's clock agrees with the database's again.");
        }

        _hasWarned = isWrong;
    }

    private IEnumerable<Measurement<double>> Offset() =>
        double.IsNaN(_offset) ? [] : [new Measurement<double>(_offset)];
}
