using Equaticket.Schema.Execution;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equaticket.Schema.Tests.Execution;

public sealed class DatabaseErrorsTests
{
    private readonly LogCapture _log = new();

    [Fact]
    public void A_failure_during_an_outage_is_logged_on_one_line()
    {
        _log.LogFault(
            LogLevel.Warning, new InvalidOperationException("outer", new NpgsqlException("Failed\nto connect")),
            "The job {Job} failed.", "emails");
        Assert.Equal((LogLevel.Warning, "The job emails failed. Failed to connect"), Line());
    }

    [Fact]
    public void Another_failure_is_logged_with_its_exception()
    {
        var fault = new InvalidOperationException("a bug");
        _log.LogFault(LogLevel.Error, fault, "The job {Job} failed.", "emails");
        Assert.Equal((LogLevel.Error, $"The job emails failed. {fault}"), Line());
    }

    private (LogLevel Level, string Text) Line()
    {
        var (level, text) = Assert.Single(_log.Lines);
        return (level, text.TrimEnd());
    }
}
